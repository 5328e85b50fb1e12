"""The areas of the City that is read: what they are called, and how they lie in each other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ongedeeld.web.cities.models import CityVersion
from ongedeeld.web.cities.opened import Opened, opened

LEVELS = ("municipality", "district", "neighbourhood")


@dataclass(frozen=True)
class Areas:
    """Areas by their code.

    Parameters
    ----------
    names, levels
        What each is called, and whether it is a municipality, a district or a neighbourhood.
    parents
        The area around each; none for the largest.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str | None] = field(default_factory=dict)

    def line(self, code: str) -> tuple[str, ...]:
        """Its own code and those of all areas around it, from small to large."""
        return tuple(self._upwards(code))

    def touching(self, code: str) -> frozenset[str]:
        """An area, all areas around it, and all areas inside it."""
        inside = {one for one in self.names if code in self.line(one)}
        return frozenset({*self.line(code), *inside})

    def of_level(self, level: str) -> list[str]:
        """The codes of one level, in the order of their names."""
        return sorted(
            (code for code, its in self.levels.items() if its == level),
            key=lambda code: (self.names[code], code),
        )

    def municipalities_of(self, codes: Iterable[str]) -> frozenset[str]:
        """The municipalities in which areas lie."""
        around = {one for code in codes for one in self.line(code)}
        return frozenset(one for one in around if self.levels.get(one) == "municipality")

    def named(self, codes: Collection[str]) -> list[str]:
        """What areas are called, in the order of their names; an area that is not known by its code."""
        return sorted(self.names.get(code, code) for code in codes)

    def _upwards(self, code: str | None) -> Iterator[str]:
        while code is not None:
            yield code
            code = self.parents.get(code)


def areas_now() -> Areas:
    """The areas of the City that is read; none before there is one."""
    version = CityVersion.objects.filter(state=CityVersion.State.CURRENT).first()
    return _of(opened(str(version.key), version.folder)) if version else Areas()


@lru_cache(maxsize=2)
def _of(held: Opened) -> Areas:
    rows = list(held.city.table("areas").select("code", "name", "level", "parent").iter_rows())
    return Areas(
        {code: name for code, name, _, _ in rows},
        {code: level for code, _, level, _ in rows},
        {code: parent for code, _, _, parent in rows},
    )
