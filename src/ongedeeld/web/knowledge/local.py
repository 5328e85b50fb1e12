"""The file of local policy that the accepted proposals make, and the law with it."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ongedeeld.errors import InputError, OngedeeldError
from ongedeeld.rules import Law, load_law
from ongedeeld.rules.policy_text import Entry, Value, policy_text
from ongedeeld.rules.records import Record
from ongedeeld.web.knowledge.models import Proposal

HOLDER = "Ongedeeld"
FILE = "local-policy.toml"
_DATES = ("comply_by", "approved")


@dataclass(frozen=True)
class Local:
    """The law with local policy over it.

    Parameters
    ----------
    law
        Without local policy where that is refused.
    accepted
        The proposals of which the file is made, in its order.
    refusal
        Why the file cannot be read, as after a version with another law; else none.
    """

    law: Law
    accepted: tuple[Proposal, ...] = ()
    refusal: OngedeeldError | None = None

    def records(self) -> list[tuple[Record, Proposal]]:
        """The records that were accepted, each with the proposal that it comes from."""
        if self.refusal or not self.law.policies:
            return []
        held = [one for one in self.accepted if not one.is_value]
        read: dict[str, list[Record]] = {}
        for record in self.law.policies[0].records:
            read.setdefault(record.section, []).append(record)
        return [(read[proposal.section].pop(0), proposal) for proposal in held]


def accepted() -> list[Proposal]:
    """The accepted proposals, in the order of the file; also those that have ended."""
    found = Proposal.objects.filter(state=Proposal.State.ACCEPTED)
    return list(found.prefetch_related("turns"))


def local_law(proposals: Iterable[Proposal]) -> Local:
    """The law with proposals over it; where they are refused, the law alone and why."""
    held = tuple(proposals)
    try:
        return Local(law_with(file_text(held)) if held else load_law(), held)
    except InputError as error:
        return Local(load_law(), held, in_plain_words(error))


def file_text(proposals: Iterable[Proposal]) -> str:
    """The file of local policy that proposals make, in their order."""
    return policy_text(HOLDER, [Entry(one.section, _fields(one), str(one.key)) for one in proposals])


def _fields(proposal: Proposal) -> dict[str, Value]:
    source = ", ".join(part for part in (proposal.source, proposal.where) if part)
    days = {"from": proposal.start} | ({"until": proposal.end} if proposal.end else {})
    return {**from_json(proposal.content), **days, "source": source}


def to_json(content: dict[str, Value]) -> dict[str, object]:
    """What a proposal sets, as the database keeps it."""
    return {name: _kept(value) for name, value in content.items()}


def _kept(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def from_json(content: dict[str, object]) -> dict[str, Value]:
    """What a proposal sets, as the file has it."""
    return {name: _value(name, value) for name, value in content.items()}


def _value(name: str, value: object) -> Value:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str) and name in _DATES:
        return date.fromisoformat(value)
    if isinstance(value, str | bool | int | float):
        return value
    raise TypeError(name)


@lru_cache(maxsize=16)
def law_with(text: str) -> Law:
    """The law with a file of local policy over it, as the rules room reads it.

    Raises
    ------
    InputError
        When it is not of the form that is read, or loosens the law.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / FILE
        file.write_text(text, encoding="utf-8")
        return load_law(file)


def in_plain_words(error: OngedeeldError) -> OngedeeldError:
    """A refusal without the line of a file that nobody wrote by hand."""
    plain = copy(error)
    plain.place = None
    return plain
