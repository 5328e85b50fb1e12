"""Local policy from a proposal to the file that the rules read, and never looser than the law."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from ongedeeld.city import City
from ongedeeld.errors import OngedeeldError
from ongedeeld.rules import Law, load_law
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.knowledge import actions
from ongedeeld.web.knowledge.models import Proposal
from ongedeeld.web.knowledge.subjects import subjects
from tests.web.conftest import Hire, Visit

JULY = date(2026, 7, 1)
BINDING = {
    "value": "25",
    "start": "2026-07-01",
    "source": "Huisvestingsverordening",
    "reason": "Zo besloten.",
}
URGENCY: dict[str, Any] = {
    "municipality": "GM9999",
    "groups": ["informal_care", "medical"],
    "other_groups": "key_worker\n",
    "comply_by": "2027-07-01",
    "start": "2026-01-01",
    "source": "https://voorbeeld.invalid/verordening",
    "where": "artikel 12",
    "reason": "Uit de verordening.",
}
VALUE = "local_binding_max_share"


@pytest.fixture
def adviser(city: City, hire: Hire) -> Person:
    return hire(Role.POLICY_ADVISER, name="Sanne de Wit")


@pytest.fixture
def director(hire: Hire) -> Person:
    return hire(Role.DIRECTOR, name="Karim Bos")


def proposed(client: Client, subject: str, told: Mapping[str, Any]) -> Proposal:
    answer = client.post(f"/regels/lokaal/nieuw/?wat={subject}", told)
    assert answer.status_code == 303, answer.content.decode()
    return Proposal.objects.latest("id")


def answered(client: Client, proposal: Proposal, verb: str, name: str, **told: object) -> int:
    words = {f"{name}-words": "Nagekeken.", f"{name}-version": proposal.version}
    more = {f"{name}-{key}": value for key, value in told.items()}
    return client.post(f"/regels/lokaal/{proposal.key}/{verb}/", words | more).status_code


def law_of_the_file(client: Client, folder: Path) -> Law:
    """The law as who takes the file along reads it at the prompt."""
    file = folder / "local-policy.toml"
    file.write_bytes(client.get("/regels/lokaal/bestand/").content)
    return load_law(file)


def test_what_somebody_else_accepts_is_the_policy_that_the_rules_read(
    adviser: Person, director: Person, visit: Visit, tmp_path: Path
) -> None:
    client = visit(adviser)
    value, scheme = proposed(client, VALUE, BINDING), proposed(client, "urgency", URGENCY)
    assert load_law().on(JULY).value(VALUE) == law_of_the_file(client, tmp_path).on(JULY).value(VALUE) == 0.5
    for one in (value, scheme):
        assert answered(visit(director), one, "aannemen", "accept") == 303
    law = law_of_the_file(client, tmp_path)
    assert law.on(JULY).value(VALUE) == 0.25
    (record,) = law.policies[0].records
    assert record.source == "https://voorbeeld.invalid/verordening, artikel 12"
    assert record.groups == ("informal_care", "medical", "key_worker")  # type: ignore[attr-defined]


def test_accepted_policy_stands_on_the_page_of_rules_as_local_with_who_accepted_it(
    adviser: Person, director: Person, visit: Visit
) -> None:
    client = visit(adviser)
    for one in (proposed(client, VALUE, BINDING), proposed(client, "urgency", URGENCY)):
        answered(visit(director), one, "aannemen", "accept")
    page = client.get("/regels/?dag=2026-07-01&gemeente=GM9999").content.decode()
    assert "25% " in page or "25%<" in page
    assert "Mantelzorg" in page or "mantelzorg, gegeven of ontvangen" in page
    assert "Karim Bos" in page
    partner = visit(None)
    assert partner.get("/regels/lokaal/").status_code == 302


def test_a_proposal_that_loosens_the_law_is_refused_in_plain_words_and_what_was_typed_stays(
    adviser: Person, visit: Visit
) -> None:
    answer = visit(adviser).post(f"/regels/lokaal/nieuw/?wat={VALUE}", BINDING | {"value": "60"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "60%" in page
    assert "50%" in page
    assert "local-policy.toml" not in page
    assert 'value="60"' in page
    assert not Proposal.objects.exists()


def test_who_proposes_does_not_accept(adviser: Person, visit: Visit, hire: Hire) -> None:
    proposal = proposed(visit(adviser), VALUE, BINDING)
    assert answered(visit(adviser), proposal, "aannemen", "accept") == 422
    proposal.refresh_from_db()
    assert proposal.state == "proposed"
    assert answered(visit(hire(Role.POLICY_ADVISER)), proposal, "aannemen", "accept") == 303


def test_who_may_only_propose_does_not_answer(adviser: Person, visit: Visit, hire: Hire) -> None:
    proposal = proposed(visit(adviser), VALUE, BINDING)
    assert answered(visit(hire(Role.ALLOCATION)), proposal, "aannemen", "accept") == 403


def test_what_is_turned_down_or_taken_back_changes_no_rule_and_stays_in_the_history(
    adviser: Person, director: Person, visit: Visit, tmp_path: Path
) -> None:
    client = visit(adviser)
    first, second = (proposed(client, VALUE, BINDING | {"value": share}) for share in ("25", "30"))
    assert answered(visit(director), first, "afwijzen", "decline") == 303
    assert answered(client, second, "terugnemen", "withdraw") == 303
    assert law_of_the_file(client, tmp_path).on(JULY).value(VALUE) == 0.5
    assert [turn.kind for turn in first.turns.all()] == ["proposed", "declined"]
    assert [turn.kind for turn in second.turns.all()] == ["proposed", "withdrawn"]
    with pytest.raises(ProtectedError):
        first.delete()


def test_only_who_proposed_it_takes_it_back(adviser: Person, visit: Visit, hire: Hire) -> None:
    proposal = proposed(visit(adviser), VALUE, BINDING)
    assert answered(visit(hire(Role.ALLOCATION)), proposal, "terugnemen", "withdraw") == 422


def test_what_was_accepted_ends_by_a_date_and_then_the_law_holds_again(
    adviser: Person, director: Person, visit: Visit, tmp_path: Path
) -> None:
    client = visit(adviser)
    proposal = proposed(client, VALUE, BINDING)
    answered(visit(director), proposal, "aannemen", "accept")
    proposal.refresh_from_db()
    assert answered(visit(director), proposal, "einde", "end", last_day="2026-09-30") == 303
    law = law_of_the_file(client, tmp_path)
    assert law.on(date(2026, 9, 30)).value(VALUE) == 0.25
    assert law.on(date(2026, 10, 1)).value(VALUE) == 0.5
    assert "30 september 2026" in client.get(f"/regels/lokaal/{proposal.key}/").content.decode()


def test_the_second_of_two_who_answer_at_once_is_told(
    adviser: Person, director: Person, visit: Visit, hire: Hire
) -> None:
    proposal = proposed(visit(adviser), VALUE, BINDING)
    other = visit(hire(Role.POLICY_ADVISER))
    assert answered(visit(director), proposal, "afwijzen", "decline") == 303
    assert answered(other, proposal, "aannemen", "accept") == 422
    proposal.refresh_from_db()
    assert proposal.state == "declined"


def test_two_proposals_that_contradict_each_other_are_not_both_accepted(
    adviser: Person, director: Person, visit: Visit
) -> None:
    client = visit(adviser)
    first, second = proposed(client, "urgency", URGENCY), proposed(client, "urgency", URGENCY)
    assert answered(visit(director), first, "aannemen", "accept") == 303
    assert answered(visit(director), second, "aannemen", "accept") == 422
    second.refresh_from_db()
    assert second.state == "proposed"


def test_an_answer_that_was_checked_against_an_older_file_is_not_given(
    adviser: Person, director: Person, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = visit(adviser)
    first, second = proposed(client, "urgency", URGENCY), proposed(client, "urgency", URGENCY)
    actions.accept(first, words="Ja.", version=1, actor=director)
    monkeypatch.setattr(actions, "accepted", list)  # as if the first were not there yet
    monkeypatch.setattr(actions, "_changes", lambda: 0)
    with pytest.raises(OngedeeldError, match="somebody else changed local policy"):
        actions.accept(second, words="Ja.", version=1, actor=director)
    second.refresh_from_db()
    assert second.state == "proposed"


def test_every_turn_stands_in_the_record_without_what_was_written(
    adviser: Person, director: Person, visit: Visit
) -> None:
    proposal = proposed(visit(adviser), VALUE, BINDING)
    answered(visit(director), proposal, "aannemen", "accept")
    rows = Entry.objects.filter(kind="proposal", thing=str(proposal.key)).order_by("id")
    assert [(row.verb, row.actor) for row in rows] == [
        ("knowledge.propose_local", adviser.key),
        ("knowledge.accept", director.key),
    ]
    assert "Huisvestingsverordening" not in str(list(rows.values()))


def test_a_person_in_the_reason_is_refused(adviser: Person, visit: Visit) -> None:
    told = BINDING | {"reason": "Bel mij op 06-12345678."}
    answer = visit(adviser).post(f"/regels/lokaal/nieuw/?wat={VALUE}", told)
    assert answer.status_code == 422


@pytest.mark.parametrize("name", sorted(subjects()))
def test_everything_that_can_be_proposed_has_a_form(name: str, adviser: Person, visit: Visit) -> None:
    client = visit(adviser)
    assert client.get(f"/regels/lokaal/nieuw/?wat={name}").status_code == 200
    assert client.post(f"/regels/lokaal/nieuw/?wat={name}").status_code in (200, 422)


def test_text_of_any_kind_stays_text_in_the_file(
    adviser: Person, director: Person, visit: Visit, tmp_path: Path
) -> None:
    odd = 'Besluit "7" \\ van 3 juni\x7f # [[values.x]]'
    proposal = proposed(visit(adviser), VALUE, BINDING | {"source": odd})
    answered(visit(director), proposal, "aannemen", "accept")
    law = law_of_the_file(visit(adviser), tmp_path)
    assert law.parameters[VALUE].at(JULY).source == odd  # type: ignore[union-attr]


def test_a_file_that_a_later_law_refuses_takes_no_page_down_and_can_be_mended(
    adviser: Person, visit: Visit
) -> None:
    loose = Proposal.objects.create(
        section=f"values.{VALUE}",
        content={"value": 0.9},
        start=timezone.localdate() - timedelta(days=1),
        source="Uit de tijd van een andere wet",
        reason="x",
        state=Proposal.State.ACCEPTED,
        made_by=UUID(int=1),
    )
    adviser.language = "en"
    adviser.save()
    client = visit(adviser)
    for address in ("/regels/", f"/regels/{VALUE}/", "/regels/verschil/", "/regels/lokaal/"):
        assert client.get(address).status_code == 200
    assert "Local policy is not counted here" in client.get("/regels/").content.decode()
    assert client.get(f"/regels/lokaal/{loose.key}/").status_code == 200
    assert answered(client, loose, "eruit", "take_out") == 303
    assert "Local policy is not counted here" not in client.get("/regels/").content.decode()


def test_what_was_accepted_by_mistake_is_taken_out_and_stays_in_the_history(
    adviser: Person, director: Person, visit: Visit, tmp_path: Path
) -> None:
    client = visit(adviser)
    proposal = proposed(client, VALUE, BINDING)
    answered(visit(director), proposal, "aannemen", "accept")
    proposal.refresh_from_db()
    assert answered(visit(director), proposal, "eruit", "take_out") == 303
    assert law_of_the_file(client, tmp_path).on(JULY).value(VALUE) == 0.5
    assert [turn.kind for turn in proposal.turns.all()] == ["proposed", "accepted", "taken_out"]
