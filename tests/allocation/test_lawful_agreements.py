"""Who must agree to an instrument, and where the agreement is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest

from ongedeeld import InputError
from ongedeeld.allocation.lawful import lawful
from ongedeeld.reasons import Decision
from tests.allocation.steered_city import DAY, DESIGNATED, held, law_of, policy_of, steered_city

AGREED = 'agreement = "Baken"\nsource = "minutes"'


def test_a_contingent_stays_within_its_record(tmp_path: Path) -> None:
    local = """
holder = "Vogelstad"
[[contingents]]
name = "Baken"
target_group = "medical"
homes = 3
parties = ["Baken"]
source = "minutes"
from = 2026-01-01
"""
    use = f'name = "contingent"\n{AGREED}\ngroup = "medical"\npartner = "Baken"\nhomes = '
    assert held(tmp_path, f"{use}3", local)
    assert "is for 3 homes" in held(tmp_path, f"{use}4", local).say()


RENT = 'name = "two_rents"\nsource = "policy"\nagreement = "Rents 2026"\n'
RECORD = """
holder = "Vogelstad"
[[agreements]]
name = "Rents 2026"
parties = [{parties}]
source = "performance agreements, chapter 2"
from = {start}
"""


def agreed_by(folder: Path, use: str, local: str = "") -> Decision:
    """Whether a policy of one use is lawful, with the agreement that it records itself."""
    text = f'name = "p"\n[[instrument]]\nfrom = 2026-01-01\n{use}\n'
    city = steered_city()
    return lawful(policy_of(folder, text, city), law_of(folder, local), city, DAY)


def test_it_names_who_must_agree_and_how_to_record_it(tmp_path: Path) -> None:
    said = agreed_by(tmp_path, RENT).say()
    assert said.startswith("No:")
    assert "two rents for one home: no agreement is recorded of: tenants' organisation" in said
    assert "record who agreed under agreed (tenants), and under source where that can be read" in said


def test_an_agreement_is_recorded_in_the_policy_with_where_it_can_be_read(tmp_path: Path) -> None:
    assert agreed_by(tmp_path, f'{RENT}agreed = ["tenants"]')
    unread = agreed_by(tmp_path, 'name = "two_rents"\nagreed = ["tenants"]')
    assert not unread
    assert "where the agreement of these can be read is not told (source)" in unread.say()


@pytest.mark.parametrize(
    ("parties", "start", "met"),
    [
        ('"tenants"', "2026-01-01", True),
        ('"gemeente", "huurdersorganisatie"', "2026-01-01", True),
        ('"municipality"', "2026-01-01", False),
        ('"tenants"', "2026-07-16", False),
    ],
)
def test_an_agreement_in_local_policy_counts_for_its_parties_while_it_holds(
    tmp_path: Path, parties: str, start: str, *, met: bool
) -> None:
    assert bool(agreed_by(tmp_path, RENT, RECORD.format(parties=parties, start=start))) == met


def test_an_agreement_of_another_name_does_not_count(tmp_path: Path) -> None:
    local = RECORD.format(parties='"tenants"', start="2026-01-01").replace("Rents 2026", "Other")
    assert not agreed_by(tmp_path, RENT, local)


@pytest.mark.parametrize(
    ("use", "local"),
    [
        ('name = "local_binding"\nshare = 0.4\nsource = "ordinance"', ""),
        ('name = "wbmgp_nuisance"\nareas = ["BU99990101"]', DESIGNATED),
    ],
)
def test_where_the_council_or_minister_decided_no_more_agreement_is_asked(
    tmp_path: Path, use: str, local: str
) -> None:
    assert agreed_by(tmp_path, use, local)


def test_who_agreed_is_of_a_closed_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"(?s)agreed cannot be 'tenant'.*one of: tenants"):
        agreed_by(tmp_path, f'{RENT}agreed = ["tenant"]')


CONTINGENT = """
holder = "Vogelstad"
[[contingents]]
name = "{name}"
target_group = "permit_holder"
homes = 4
parties = [{parties}]
areas = ["{area}"]
source = "minutes"
from = 2026-01-01
until = {until}
"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"until": "2026-06-30"}, "the agreement Baken ended on 2026-06-30"),
        ({"name": "Haven"}, "local policy has no agreement Baken that holds; for this group: Haven"),
        ({"parties": '"municipality", "Haven"'}, "Het Baken is no party to Baken"),
        ({"area": "BU99990101"}, "Baken is for BU99990101, and this is used outside it"),
    ],
)
def test_a_contingent_rests_on_an_agreement_that_holds(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    use = (
        'name = "contingent"\ngroup = "permit_holder"\nhomes = 4\npartner = "Het Baken"\n'
        'agreement = "Baken"\nsource = "minutes"'
    )
    as_agreed = {"name": "Baken", "parties": '"Het Baken"', "area": "WK999901", "until": "2026-12-31"}
    place = 'areas = ["BU99990101"]' if "area" not in changed else ""
    assert held(tmp_path, f'{use}\nareas = ["BU99990101"]', CONTINGENT.format(**as_agreed))
    decision = held(tmp_path, f"{use}\n{place}", CONTINGENT.format(**as_agreed | changed))
    assert not decision
    assert said in decision.say()
