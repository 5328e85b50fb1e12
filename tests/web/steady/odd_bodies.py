"""What a broken page or an attacker sends where a page of a resident sends JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

DEEP = 100_000
RAW = (
    b"",
    b"{",
    b"null",
    b"[]",
    b'"x"',
    b"NaN",
    b'{"a": 1, "a": [2]}',
    b"\xff\xfe\x00",
    b"\xef\xbb\xbf{}",
    '{"a": "é"}'.encode("utf-16"),
    b"[" * DEEP,
    b'{"a":' * DEEP,
    b'{"a": ' + b"9" * 5_000 + b"}",
    b"a=b&c=d",
    b"\x00" * 200,
)
"""Bodies that are no object of JSON, or a very odd one."""
VALUES: tuple[str, ...] = (
    "null",
    "true",
    "0",
    "-1",
    "1.5",
    "1e400",
    "NaN",
    "9" * 400,
    '""',
    '" "',
    '"\\ud800"',
    '"\\udfff\\ud800x"',
    '"a\\u0000b"',
    '"\\u202e\\u200b"',
    f'"{"x" * 20_000}"',
    '"../../etc/passwd"',
    '"9999-12-31"',
    '"0001-01-01"',
    '"00000000-0000-0000-0000-000000000000"',
    "[]",
    "{}",
    '[["x"]]',
    '{"\\ud800": "\\ud800"}',
    "[" * 300 + "]" * 300,
    '{"a":' * 300 + "1" + "}" * 300,
)
"""Values that stand where another is meant, as JSON."""
_HERE = "@here@"


def odd_bodies(good: dict[str, Any]) -> Iterator[bytes]:
    """Every odd body, and the good one with one thing in it gone, added or odd."""
    yield from RAW
    yield json.dumps(good | {"\ud800": 1, "x" * 5_000: {}}).encode()
    for path in _paths(good):
        yield json.dumps(_without(good, path)).encode()
        with_hole = json.dumps(_with(good, path, _HERE))
        for value in VALUES:
            yield with_hole.replace(f'"{_HERE}"', value).encode()
        if isinstance(_at(good, path), dict):
            yield json.dumps(_with(good, [*path, "\ud800"], "x")).encode()


def _paths(value: object, before: tuple[Any, ...] = ()) -> Iterator[list[Any]]:
    """Where something stands in a value, however deep."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield [*before, name]
        yield from _paths(one, (*before, name))


def _at(value: Any, path: list[Any]) -> Any:
    for name in path:
        value = value[name]
    return value


def _with(good: dict[str, Any], path: list[Any], value: object) -> dict[str, Any]:
    made = deepcopy(good)
    _at(made, path[:-1])[path[-1]] = value
    return made


def _without(good: dict[str, Any], path: list[Any]) -> dict[str, Any]:
    made = deepcopy(good)
    del _at(made, path[:-1])[path[-1]]
    return made
