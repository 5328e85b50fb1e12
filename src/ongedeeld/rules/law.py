"""The law on one day: which rules hold, what their values are, and the reasons that cite them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from ongedeeld.errors import N_, AbsentError, Place
from ongedeeld.reasons import Reason
from ongedeeld.rules.boundaries import refuse_ended_ordinance, refuse_loosening_records
from ongedeeld.rules.parameters import Parameters, load_parameters
from ongedeeld.rules.policy import AnyRecord, LocalPolicy, read_policy, refuse_overlap
from ongedeeld.rules.records import HeldSince
from ongedeeld.rules.register import Register, Version, load_register


@dataclass(frozen=True)
class Law:
    """The rules and values of the law, with local policy over them, on any day.

    Parameters
    ----------
    parameters, register
        The values and the rules.
    policies
        The files of local policy.
    carried_on
        Whether ordinances without a last day are taken to be renewed when they must end, as who looks years
        ahead does.
    """

    parameters: Parameters
    register: Register
    policies: tuple[LocalPolicy, ...] = ()
    carried_on: bool = False

    def on(self, day: date) -> LawOfDay:
        """The law as it holds on a day."""
        return LawOfDay(self, day)


@dataclass(frozen=True)
class LawOfDay:
    """The law as it holds on one day: what every test of a rule is given."""

    law: Law
    day: date

    def value(self, name: str) -> float:
        """The value of a rule on this day.

        Raises
        ------
        AbsentError
            When it is not known; the error says where to supply it.
        """
        return self.law.parameters.value(name, self.day)

    def cents(self, name: str) -> int:
        """The value of a rule that is an amount, in whole cents."""
        return int(self.value(name))

    def version(self, rule: str) -> Version:
        """What a rule says on this day.

        Raises
        ------
        AbsentError
            When the rule is not in force, or nobody read whether it was.
        """
        version = self.law.register[rule].at(self.day)
        if version is None:
            raise AbsentError(
                N_("the rule '{label}' ({name}) is not in force on {day}"),
                remedy=N_("take a day on which it is; the command rules explain {name} tells from when"),
                label=self.law.register[rule].label,
                name=rule,
                day=self.day.isoformat(),
            )
        return version

    def holds(self, rule: str) -> bool:
        """Whether a rule is in force on this day.

        Raises
        ------
        AbsentError
            When nobody read what held on this day.
        """
        return self.law.register[rule].at(self.day) is not None

    def records(self, kind: type[AnyRecord]) -> tuple[AnyRecord, ...]:
        """The records of local policy of a kind that hold on this day.

        Raises
        ------
        AbsentError
            When a record of an ordinance has no last day, and the ordinance must have ended by now (Hvw 4).
        """
        held = tuple(record for policy in self.law.policies for record in policy.of(kind, self.day))
        if not self.law.carried_on:
            for record in held:
                refuse_ended_ordinance(record, self.law.parameters, self.day)
        return held

    def reason(
        self,
        rule: str,
        text: str,
        inputs: Mapping[str, object] = MappingProxyType({}),
        *,
        source: str = "",
        version: Version | None = None,
    ) -> Reason:
        """A reason that cites a rule as it reads on this day.

        Parameters
        ----------
        rule
            The name of the rule.
        text
            A marked sentence that may name `inputs` in braces.
        inputs
            What was looked at.
        source
            The source of local policy that decided, where it did; the address of the law elsewhere.
        version
            The version of the rule that applies, where that is not the one of this day.
        """
        cited = version or self.version(rule)
        return Reason(rule, text, inputs, cited.article, source or cited.source)

    def caveats(self, rule: str) -> tuple[Reason, ...]:
        """A reason that tells what of a rule could not be found; none where it is wholly known."""
        unknown = self.version(rule).unknown
        if unknown is None:
            return ()
        text = N_("not all of this rule could be read: {unknown}")
        return (self.reason(rule, text, {"unknown": unknown}),)

    def unread(self, rule: str) -> AbsentError:
        """The refusal to judge by a rule of which the text that decides was not read."""
        version = self.version(rule)
        return AbsentError(
            N_("the rule '{label}' ({article}) cannot be tested: {unknown}"),
            remedy=N_("have somebody read it, and decide without this program until then"),
            label=self.law.register[rule].label,
            article=version.article,
            unknown=version.unknown,
        )


def load_law(*policies: Path) -> Law:
    """The law that ships with this version, with files of local policy over it, the last on top.

    Raises
    ------
    InputError
        When a file of local policy cannot be read, names a rule or value that does not exist, says two
        things about the same, or loosens what the law sets.

    Examples
    --------
    >>> load_law().on(date(2026, 7, 1)).value("local_binding_max_share")
    0.5
    """
    parameters, register = load_parameters(), load_register()
    read = tuple(read_policy(file) for file in policies)
    records = [record for policy in read for record in policy.records]
    refuse_overlap(records)
    for policy in read:
        parameters = _with_values(parameters, policy)
    for record in records:
        if isinstance(record, HeldSince):
            register = register.held_since(record.rule, record.start, record.source, record.place)
        refuse_loosening_records(record, parameters)
    return Law(parameters, register, read)


def _with_values(parameters: Parameters, policy: LocalPolicy) -> Parameters:
    def line_of(name: str, number: int) -> int | None:
        return policy.lines.of(f"values.{name}", number)

    return parameters.with_local(policy.values, Place(policy.file), line_of)
