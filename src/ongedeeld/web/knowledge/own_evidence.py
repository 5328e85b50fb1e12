"""The association's own evidence: the records that were accepted here, over those of this version."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from ongedeeld.errors import InputError
from ongedeeld.vocabulary.evidence import Evidence, load_evidence
from ongedeeld.web.knowledge.local import in_plain_words
from ongedeeld.web.knowledge.models import EvidenceProposal

logger = logging.getLogger(__name__)

FILE = "own-evidence.toml"
_DELETE = "\x7f"


@dataclass(frozen=True)
class OwnEvidence:
    """The file of evidence that the accepted proposals make; empty without any."""

    text: str = ""

    @property
    def mark(self) -> str:
        """What tells it from another."""
        return sha256(self.text.encode()).hexdigest()[:12] if self.text else ""

    @property
    def evidence(self) -> Evidence:
        """All records, its own over those of this version; these alone where a later version refuses it."""
        try:
            return read(self.text) if self.text else load_evidence()
        except InputError as refusal:
            logger.warning("own evidence does not count: this version refuses it (%s)", refusal.problem)
            return load_evidence()


def own_evidence() -> OwnEvidence:
    """What counts now."""
    accepted = EvidenceProposal.objects.filter(state=EvidenceProposal.State.ACCEPTED).order_by("name")
    return OwnEvidence(file_text(accepted))


def file_text(proposals: Iterable[EvidenceProposal]) -> str:
    """The file of evidence that proposals make."""
    return "\n".join(_table(one.name, {**one.content, "overrules": one.overrules}) for one in proposals)


@lru_cache(maxsize=16)
def read(text: str) -> Evidence:
    """The records of a file over those of this version.

    Raises
    ------
    InputError
        When one is not of the form that is read, without the place in a file that nobody wrote by hand.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / FILE
        file.write_text(text, encoding="utf-8")
        try:
            return load_evidence(file)
        except InputError as error:
            raise in_plain_words(error) from error


def _table(name: str, content: Mapping[str, object]) -> str:
    """A record as a table of TOML, its effect and sources as tables in it."""
    plain = [
        f"{key} = {_value(value)}" for key, value in content.items() if not isinstance(value, dict | list)
    ]
    lines = [f"[{name}]", *plain]
    for key, value in content.items():
        if isinstance(value, dict):
            lines += [f"[{name}.{key}]", *(f"{inner} = {_value(one)}" for inner, one in value.items())]
        elif isinstance(value, list):
            for each in value:
                lines += [f"[[{name}.{key}]]", *(f"{inner} = {_value(one)}" for inner, one in each.items())]
    return "\n".join([*lines, ""])


def _value(value: object) -> str:
    """A text or number of TOML, which writes both as JSON does but for one sign, which it wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace(_DELETE, "\\u007f")
