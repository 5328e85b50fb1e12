"""Outflow from institutions: homes for whom a partner proposes, and urgency."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from ongedeeld import AbsentError
from ongedeeld.allocation.effects import Priority, Reservation
from ongedeeld.allocation.lawful import effects_of
from ongedeeld.rules import Lettings, read_lettings
from tests.allocation.steered_city import (
    ALL_AGREED,
    DAY,
    effects,
    home,
    judged,
    law_of,
    policy_of,
    seeker,
    steered_city,
)

AGREED = (
    'agreement = "Baken"\nsource = "minutes"\ngroup = "protected_living_exit"\nhomes = 2\npartner = "Haven"'
)
SUPPORT = 'months = 12\nhours_a_week = 3.5\npayer = "municipality"'


def reservation(folder: Path, use: str) -> Reservation:
    """The one reservation of a use."""
    (effect,) = effects(folder, f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\n{use}\n{AGREED}\n')
    assert isinstance(effect, Reservation)
    return effect


def test_a_contingent_keeps_homes_for_whom_the_partner_proposes(tmp_path: Path) -> None:
    effect = reservation(tmp_path, 'name = "contingent"\nareas = ["WK999901"]')
    assert (effect.homes, effect.mediated, effect.tally) == (2, True, "contingent-1")
    assert judged(effect, home(), seeker(contingent="Baken"))
    assert not judged(effect, home(), seeker(contingent="Other"))
    assert not judged(effect, home(), seeker())
    assert not judged(effect, home(area="BU99990201", complex="Tulphof"), seeker(contingent="Baken"))


@pytest.mark.parametrize(
    ("use", "said"),
    [
        (
            f'name = "support_agreement"\n{SUPPORT}',
            "3.5 hours of support a week for 12 months, paid by municipality",
        ),
        (
            f'name = "omklapcontract"\n{SUPPORT}\nmonths_until_turned = 9',
            "in the name of Haven first, and of the resident after 9 months",
        ),
    ],
)
def test_mediation_with_support_waits_for_the_support(tmp_path: Path, use: str, said: str) -> None:
    effect = reservation(tmp_path, use)
    arranged = judged(effect, home(), seeker(contingent="Baken", support=True))
    assert arranged
    assert said in arranged.say()
    for support in (False, None):
        waiting = judged(effect, home(), seeker(contingent="Baken", support=support))
        assert not waiting
        assert "the support by Haven is not arranged yet" in waiting.say()


def lettings(*contingents: str | None) -> Lettings:
    """A letting on 10 July 2026 for each contingent."""
    rows = [
        {
            "letting": f"L{number}",
            "date": date(2026, 7, 10),
            "municipality": "GM9999",
            "social": True,
            "rent_cents": 600_00,
            "household_size": 1,
            "contingent": contingent,
        }
        for number, contingent in enumerate(contingents)
    ]
    return read_lettings(pl.DataFrame(rows, schema_overrides={"contingent": pl.String}))


@pytest.mark.parametrize(
    ("let", "left"),
    [((None,), 2), (("Baken", None), 1), (("Baken", "Baken"), 0), (("Baken",) * 3, 0), (("Other",), 2)],
)
def test_what_was_delivered_is_no_longer_reserved(
    tmp_path: Path, let: tuple[str | None, ...], left: int
) -> None:
    city = steered_city()
    use = f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\nname = "contingent"\n{AGREED}\n{ALL_AGREED}\n'
    policy = policy_of(tmp_path, use, city)
    (effect,) = effects_of(policy, law_of(tmp_path), city, DAY, so_far=lettings(*let))
    assert isinstance(effect, Reservation)
    assert effect.homes == left


def test_lettings_that_do_not_tell_the_contingent_are_not_counted_as_none(tmp_path: Path) -> None:
    city = steered_city()
    use = f'name = "p"\n[[instrument]]\nfrom = 2026-07-01\nname = "contingent"\n{AGREED}\n{ALL_AGREED}\n'
    untold = read_lettings(lettings(None).frame.drop("contingent"))
    with pytest.raises(AbsentError, match="no column contingent"):
        effects_of(policy_of(tmp_path, use, city), law_of(tmp_path), city, DAY, so_far=untold)


SCHEME = """
holder = "Vogelstad"
[[urgency]]
municipality = "GM9999"
groups = ["informal_care", "temporary_shelter", "medical"]
comply_by = 2027-01-01
source = "ordinance"
from = 2026-01-01
"""


def test_urgency_is_by_the_scheme_of_the_municipality(tmp_path: Path) -> None:
    use = 'name = "p"\n[[instrument]]\nname = "urgency"\nfrom = 2026-07-01\nsource = "ordinance"'
    (effect,) = effects(tmp_path, use, SCHEME)
    assert isinstance(effect, Priority)
    assert effect.order == 110
    assert judged(effect, home(), seeker(urgency="medical"))
    assert not judged(effect, home(), seeker(urgency="detention_exit"))
    assert not judged(effect, home(), seeker())


@pytest.mark.parametrize(
    ("group", "fits", "other"),
    [
        ("permit_holder", {"target_group": "permit_holder"}, {"target_group": "student"}),
        ("permit_holder", {"target_group": "permit_holder", "urgency": "medical"}, {}),
        ("wmo_shelter", {}, {"urgency": "medical"}),
        ("wmo_shelter", {"urgency": "wmo_shelter"}, {"urgency": "detention_exit"}),
    ],
)
def test_a_contingent_is_for_its_own_group(
    tmp_path: Path, group: str, fits: dict[str, object], other: dict[str, object]
) -> None:
    text = (
        'name = "p"\n[[instrument]]\nfrom = 2026-07-01\nname = "contingent"\nagreement = "Baken"\n'
        f'source = "m"\nhomes = 2\npartner = "Haven"\ngroup = "{group}"\n'
    )
    (effect,) = effects(tmp_path, text)
    assert judged(effect, home(), seeker(contingent="Baken", **fits))
    refused = judged(effect, home(), seeker(contingent="Baken", **other))
    assert not refused
    assert "Baken is for another group" in refused.say()
