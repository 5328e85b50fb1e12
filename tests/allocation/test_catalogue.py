"""The catalogue holds every instrument, and what each names exists."""

from __future__ import annotations

import csv

import pytest

from ongedeeld import AbsentError
from ongedeeld.allocation.catalogue import (
    CODES,
    FAMILIES,
    PARTIES,
    UNITS,
    WORDS_OF_CONDITIONS,
    Instrument,
    load_catalogue,
)
from ongedeeld.allocation.conditions_met import CONDITIONS
from ongedeeld.allocation.families import EFFECTS
from ongedeeld.rules import load_register
from ongedeeld.vocabulary import load_evidence
from tests.shared import shared

CATALOGUE = load_catalogue()
INSTRUMENTS = pytest.mark.parametrize("instrument", CATALOGUE.by_name.values(), ids=lambda one: one.name)


def test_it_has_every_instrument_by_family() -> None:
    assert {family: [one.name for one in CATALOGUE.of(family)] for family in FAMILIES} == {
        "rent_policy": ["lowered_target_rent", "senior_rent_kept", "two_rents"],
        "targeted_allocation": [
            "area_ranking",
            "ceiling",
            "free_space",
            "label_large_families",
            "label_seniors",
            "label_students",
            "label_youth",
            "local_binding",
            "occupancy",
            "vital_professions",
            "wbmgp_income",
            "wbmgp_nuisance",
            "wbmgp_priority",
        ],
        "vital_communities": ["mixed_complex", "motivation_letting", "neighbourly_work"],
        "outflow": ["contingent", "omklapcontract", "support_agreement", "urgency"],
        "flow": ["internal_movers", "moving_chain", "seniors_moving_on"],
        "offer_model": ["direct_mediation", "lottery", "points", "registration_time"],
    }


def test_every_instrument_has_a_function() -> None:
    assert EFFECTS.keys() == CATALOGUE.by_name.keys()


@INSTRUMENTS
def test_every_name_in_it_exists(instrument: Instrument) -> None:
    parameters = instrument.parameters.values()
    rules = {*instrument.basis, *(rule for one in parameters for rule in one.basis)}
    assert rules <= load_register().by_name.keys()
    assert instrument.basis
    assert instrument.evidence in load_evidence()
    assert instrument.family in FAMILIES
    assert instrument.agree
    assert set(instrument.agree) <= PARTIES.keys()
    assert set(instrument.conditions) <= CONDITIONS.keys() == WORDS_OF_CONDITIONS.keys()
    assert all(one.unit in ("", *UNITS) and one.codes in ("", *CODES) for one in parameters)


@INSTRUMENTS
def test_every_label_and_sentence_is_in_both_languages(instrument: Instrument) -> None:
    said = [instrument.label, instrument.does, *(one.label for one in instrument.parameters.values())]
    assert all(one.nl.strip() and one.en.strip() for one in said)
    assert instrument.vera or instrument.no_vera, "without a code in VERA the catalogue says why"


@INSTRUMENTS
def test_a_default_lies_in_the_range_and_the_list(instrument: Instrument) -> None:
    for one in instrument.parameters.values():
        assert not (one.required and one.default is not None)
        values = one.default if isinstance(one.default, tuple) else (one.default,)
        for value in values if one.default is not None else ():
            assert not one.codes or value in one.code_list
            assert one.minimum is None or value >= one.minimum


def test_every_vera_code_is_a_current_one() -> None:
    with shared("../vera/Referentiedata.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, delimiter=";")
        current = {f"{row['Soort']}.{row['Code']}" for row in rows if not row["Einddatum"]}
    used = {code for one in CATALOGUE.by_name.values() for code in one.vera}
    assert used <= current


def test_it_refuses_an_unknown_instrument_and_names_the_nearest() -> None:
    with pytest.raises(AbsentError, match="did you mean two_rents") as refusal:
        CATALOGUE["two_rent"]
    assert "there is no instrument two_rent" in str(refusal.value)
