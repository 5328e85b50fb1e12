"""Evidence of the association's own: proposed by one, accepted by another, and read by cards from then on."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ongedeeld.city import City
from ongedeeld.vocabulary import load_evidence
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.knowledge.models import EvidenceProposal
from ongedeeld.web.knowledge.own_evidence import OwnEvidence, file_text, own_evidence, read
from tests.web.conftest import Hire, Visit
from tests.web.things import OWN_AREA

PAGE, FORM = "/onderbouwing/caretakers/", "/onderbouwing/caretakers/eigen/"
CLAIM = "In onze blokken met een huismeester nam de overlast af."


@pytest.fixture
def anna(hire: Hire) -> Person:
    """The policy adviser."""
    return hire(Role.POLICY_ADVISER, name="Anna Bos")


@pytest.fixture
def annas(visit: Visit, anna: Person) -> Client:
    return visit(anna)


@pytest.fixture
def directors(visit: Visit, hire: Hire) -> Client:
    return visit(hire(Role.DIRECTOR, name="Marijke"))


def filled(**others: str) -> dict[str, str]:
    """The form as somebody fills it in."""
    return {
        "claim": CLAIM,
        "direction": "better",
        "grade": "some",
        "found_where": "18 blokken met en 18 zonder, 2021-2024",
        "not_for": "Blokken met meer woningen per huismeester.",
        "low": "",
        "high": "",
        "unit": "",
        "of": "",
        "source": "Eigen vergelijking",
        "year": "2025",
        "url": "",
        "overrules": "Wij vergeleken met gelijke blokken, en het is recent.",
    } | others


def proposed(client: Client, **others: str) -> EvidenceProposal:
    assert client.post(FORM, filled(**others)).status_code == 303
    return EvidenceProposal.objects.latest("id")


def answered(client: Client, proposal: EvidenceProposal, what: str, version: int | None = None) -> Any:
    proposal.refresh_from_db()
    told = {"what": what, "words": "Gelezen en besproken.", "version": version or proposal.version}
    data = {f"{proposal.key}-{name}": str(value) for name, value in told.items()}
    return client.post(f"/onderbouwing/eigen/{proposal.key}/", data)


def claim_now() -> str:
    return own_evidence().evidence["caretakers"].claim.nl


@pytest.mark.django_db
def test_it_counts_once_somebody_else_accepts_it_and_until_it_ends(annas: Client, directors: Client) -> None:
    shipped = load_evidence()["caretakers"].claim.nl
    proposal = proposed(annas)
    assert claim_now() == shipped
    assert answered(directors, proposal, "accept").status_code == 303
    assert claim_now() == CLAIM
    assert own_evidence().evidence["caretakers"].overruled == load_evidence()["caretakers"]
    page = annas.get(PAGE).content.decode()
    assert CLAIM in page
    assert "Het record van deze versie" in page
    assert answered(directors, proposal, "end").status_code == 303
    assert claim_now() == shipped
    assert {"propose_evidence", "accept_evidence", "end_evidence"} == {
        verb.removeprefix("knowledge.")
        for verb in Entry.objects.filter(kind="evidence", thing="caretakers").values_list("verb", flat=True)
    }


@pytest.mark.django_db
def test_a_card_that_leans_on_it_reads_it(city: City, annas: Client, directors: Client) -> None:
    number = city.table("complexes").filter(area=OWN_AREA)["complex"].sort()[0]
    assert CLAIM not in annas.get(f"/complexen/{number}/").content.decode()
    assert CLAIM not in annas.get(f"/buurten/{OWN_AREA}/").content.decode()
    answered(directors, proposed(annas), "accept")
    assert CLAIM in annas.get(f"/complexen/{number}/").content.decode()
    assert CLAIM in annas.get(f"/buurten/{OWN_AREA}/").content.decode()


@pytest.mark.django_db
def test_the_form_chooses_nothing_for_who_fills_it_in(annas: Client) -> None:
    page = annas.get(FORM).content.decode()
    assert page.count('<option value="" selected>') == 3
    assert annas.post(FORM, filled(grade="")).status_code == 422


@pytest.mark.django_db
def test_it_asks_for_who_may_answer_it(city: City, annas: Client, directors: Client) -> None:
    proposal = proposed(annas)
    asks = f'href="{PAGE}#own"'
    assert asks in directors.get("/").content.decode()
    assert asks not in annas.get("/").content.decode()
    answered(directors, proposal, "decline")
    assert asks not in directors.get("/").content.decode()


@pytest.mark.django_db
def test_who_proposed_it_does_not_answer_it(annas: Client) -> None:
    proposal = proposed(annas)
    assert answered(annas, proposal, "accept").status_code == 422
    assert answered(annas, proposal, "withdraw").status_code == 303
    proposal.refresh_from_db()
    assert proposal.state == EvidenceProposal.State.WITHDRAWN


@pytest.mark.django_db
def test_of_two_who_answer_at_once_the_second_is_told(
    annas: Client, directors: Client, hire: Hire, visit: Visit
) -> None:
    proposal = proposed(annas)
    assert answered(directors, proposal, "decline", version=1).status_code == 303
    other = visit(hire(Role.POLICY_ADVISER))
    late = answered(other, proposal, "accept", version=1)
    assert late.status_code == 422
    assert "Iemand anders was u voor" in late.content.decode()


@pytest.mark.django_db
def test_of_one_record_one_of_ones_own_counts(annas: Client, directors: Client) -> None:
    answered(directors, proposed(annas), "accept")
    second = proposed(annas, claim="Bij ons hielp het niet.")
    refused = answered(directors, second, "accept")
    assert refused.status_code == 422
    assert claim_now() == CLAIM


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"low": "1"}, "of"),
        ({"claim": "Mevrouw Jansen, j.jansen@example.nl, zag het."}, "claim"),
        ({"low": "20", "high": "10", "unit": "share", "of": "blokken"}, ""),
        ({"grade": "none", "low": "10", "high": "20", "unit": "share", "of": "blokken"}, ""),
        ({"year": "1700"}, "year"),
    ],
)
def test_what_is_no_record_of_evidence_is_refused_in_words(
    annas: Client, wrong: dict[str, str], field: str
) -> None:
    answer = annas.post(FORM, filled(**wrong))
    assert answer.status_code == 422
    assert not EvidenceProposal.objects.exists()
    assert CLAIM in answer.content.decode() or "claim" in wrong
    assert not field or f'id="id_{field}"' in answer.content.decode()


@pytest.mark.django_db
def test_a_figure_is_typed_in_the_unit_that_is_shown(annas: Client, directors: Client) -> None:
    answered(directors, proposed(annas, low="10", high="20", unit="share", of="blokken"), "accept")
    effect = own_evidence().evidence["caretakers"].effect
    assert effect is not None
    assert (effect.low, effect.high) == (0.1, 0.2)


@pytest.mark.django_db
def test_what_a_later_version_refuses_does_not_count_and_breaks_no_page(
    annas: Client, directors: Client
) -> None:
    proposal = proposed(annas)
    answered(directors, proposal, "accept")
    EvidenceProposal.objects.update(name="no_such_record_any_more")
    assert claim_now() == load_evidence()["caretakers"].claim.nl
    assert annas.get(PAGE).status_code == 200


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_comes_back_from_the_file_as_it_was(text: str) -> None:
    content = {
        "label": "x",
        "claim": text,
        "direction": "better",
        "found_where": "x",
        "grade": "weak",
        "not_for": "x",
        "sources": [{"title": "x", "year": 2025}],
    }
    made = file_text([EvidenceProposal(name="caretakers", content=content, overrules="x")])
    assert read(made)["caretakers"].claim.nl == " ".join(text.split())


def test_without_anything_of_ones_own_the_records_are_those_of_this_version() -> None:
    assert OwnEvidence().evidence == load_evidence()
    assert OwnEvidence().mark == ""
