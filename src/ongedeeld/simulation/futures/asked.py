"""What a simulation was asked: the record in the manifest of its results, by which it can be resumed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date
from fractions import Fraction
from importlib.metadata import version
from typing import Any, Self

from ongedeeld.errors import N_, Translate, said
from ongedeeld.reasons import Reason
from ongedeeld.simulation.assuming.records import Assumption
from ongedeeld.simulation.futures.lawfulness import Footing
from ongedeeld.simulation.futures.parcel import checksum_of
from ongedeeld.simulation.futures.scenario import Scenario
from ongedeeld.simulation.preparing.law_ahead import law_ahead
from ongedeeld.vocabulary import Both

FORM = 1
"""The form of the folder with results, one higher when it changes."""

PROGRAM = version("ongedeeld")

_LABELS: Mapping[str, str] = {
    "program": N_("version of the program"),
    "city_checksum": N_("City"),
    "policy_text": N_("policy"),
    "local_policy": N_("local policy"),
    "assumptions": N_("assumptions"),
    "stock_plan": N_("plan of the stock"),
    "start": N_("start"),
    "years": N_("years"),
    "seed": N_("seed"),
    "what_if": N_("what if"),
    "ceilings_follow_capacity": N_("ceilings that follow capacity"),
}
"""What has to be the same for futures to belong together, with its words."""

_SHOWN = ("program", "start", "years", "seed")
"""Of these an error names both values."""


@dataclass(frozen=True)
class Asked:
    """What a simulation was asked.

    Parameters
    ----------
    city_name, city_checksum, city, invented, drawn
        The name of the City, the SHA-256 of all its tables, its folder (empty where it had none), whether
        everything in it is invented, and whether its homes were drawn from published totals.
    policy, policy_text, local_policy, stock_plan
        The name of the policy, the texts of the files, and the SHA-256 of the plan of the stock; empty where
        there was none, as under the law alone.
    what_if, ceilings_follow_capacity
        Whether the policy need not be lawful, and whether its ceilings are parted anew every year.
    carried_from
        The first day on which values of the law are those last known, carried on; None where all are known.
    caveats, uses
        The reasons for care with what comes of it, and what each use of the policy rests on.
    start, years, runs, seed
        When it begins, how long it lasts, how many futures were asked for, and by which chance.
    assumptions
        Of each its words, value, range, unit, source, grade and, where it is an own one, its file.
    program, form
        The version of this program, and the form of the folder.
    """

    city_name: str
    city_checksum: str
    city: str
    invented: bool
    drawn: bool
    policy: str
    policy_text: str
    local_policy: tuple[str, ...]
    stock_plan: str
    what_if: bool
    ceilings_follow_capacity: bool
    carried_from: date | None
    start: date
    years: int
    runs: int
    seed: int
    assumptions: Mapping[str, Mapping[str, Any]]
    caveats: tuple[Reason, ...] = ()
    uses: tuple[Footing, ...] = ()
    program: str = PROGRAM
    form: int = FORM

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        runs: int,
        seed: int,
        caveats: tuple[Reason, ...] = (),
        uses: tuple[Footing, ...] = (),
    ) -> Self:
        """The record of a scenario, a number of futures, a seed, the reasons for care, and of every use."""
        end = date(scenario.start.year + scenario.years, scenario.start.month, 1)
        manifest = scenario.city.manifest
        return cls(
            city_name=manifest.name,
            city_checksum=checksum_of(scenario.city),
            city=str(scenario.city.path.resolve()) if scenario.city.path else "",
            invented=manifest.invented,
            drawn=manifest.stock == "drawn",
            policy=scenario.policy.name,
            policy_text=scenario.policy_text,
            local_policy=scenario.local_policy,
            stock_plan=scenario.stock_plan,
            what_if=scenario.what_if,
            ceilings_follow_capacity=scenario.ceilings_follow_capacity,
            carried_from=law_ahead(scenario.law, scenario.start, end).carried_from,
            start=scenario.start,
            years=scenario.years,
            runs=runs,
            seed=seed,
            assumptions={name: _plain(one) for name, one in scenario.assumptions.items()},
            caveats=caveats,
            uses=uses,
        )

    def to_json(self) -> str:
        """The text of `manifest.json`."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, default=date.isoformat) + "\n"

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The record that :meth:`to_json` wrote.

        Raises
        ------
        KeyError, TypeError, ValueError
            For data that are not such a record.
        """
        carried = data["carried_from"]
        return cls(
            **{
                **data,
                "local_policy": tuple(data["local_policy"]),
                "caveats": tuple(map(_reason, data.get("caveats", ()))),
                "uses": tuple(map(Footing.from_dict, data.get("uses", ()))),
                "start": date.fromisoformat(data["start"]),
                "carried_from": carried and date.fromisoformat(carried),
            }
        )

    def differences(self, there: Asked) -> tuple[Difference, ...]:
        """What keeps futures of this record from standing beside those of another.

        A policy is the same when what it says is, whatever comments and spaces stand in its file.
        """
        names = [one.name for one in fields(self) if one.name in _LABELS]
        return tuple(Difference(name, self, there) for name in names if self._held(name) != there._held(name))

    def _held(self, name: str) -> object:
        """What there is under a name, to compare."""
        if name == "policy_text":
            return _said_in(self.policy_text)
        if name == "local_policy":
            return [_said_in(text) for text in self.local_policy]
        return getattr(self, name)


@dataclass(frozen=True)
class Difference:
    """Something in which two records differ, in words."""

    name: str
    here: Asked
    there: Asked

    def say(self, translate: Translate) -> str:
        """What differs, with both values where these tell more."""
        label = translate(_LABELS[self.name])
        if self.name in _SHOWN:
            pair = {"here": getattr(self.here, self.name), "there": getattr(self.there, self.name)}
            return translate(N_("{label} (there {there}, now {here})")).format(label=label, **pair)
        if self.name == "assumptions":
            return f"{label} ({', '.join(self._assumptions())})"
        return label

    def _assumptions(self) -> list[str]:
        here, there = self.here.assumptions, self.there.assumptions
        return [name for name in sorted({*here, *there}) if here.get(name) != there.get(name)]


@dataclass(frozen=True)
class Differences:
    """All that differs, on one line."""

    found: tuple[Difference, ...]

    def say(self, translate: Translate) -> str:
        """Each difference, with commas."""
        return ", ".join(str(said(one, translate)) for one in self.found)


def _said_in(text: str) -> object:
    """What a file of TOML says; its text where a manifest was changed by hand and it is TOML no more."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text


def _reason(data: Mapping[str, Any]) -> Reason:
    """A reason as JSON holds it; what is said in two languages is a table there."""
    inputs = {name: Both(**one) if isinstance(one, dict) else one for name, one in data["inputs"].items()}
    return Reason(**{**data, "inputs": inputs})


def _plain(one: Assumption) -> dict[str, Any]:
    """An assumption as JSON knows it."""
    return {
        "label_nl": one.label.nl,
        "label_en": one.label.en,
        "value": _number(one.value),
        "low": _number(one.low),
        "high": _number(one.high),
        "unit": one.unit,
        "source": one.source,
        "source_nl": one.source_nl,
        "grade": one.grade,
        "own": one.own,
    }


def _number(value: object) -> Any:
    """A value of an assumption with its fractions as decimal numbers."""
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, Mapping):
        return {code: _number(one) for code, one in value.items()}
    return [_number(one) for one in value] if isinstance(value, tuple) else value
