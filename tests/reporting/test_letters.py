"""Letters to seekers: short sentences, articles as footnotes, and blanks that cannot be overlooked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ongedeeld.errors import AbsentError
from ongedeeld.reporting.letters import as_html, as_markdown, as_text, letter
from tests.allocation.round_cast import law, run, seeker, seekers, vacancies
from tests.allocation.test_round_why import OBJECTION, SCHEME

EARLY, LATE = date(2012, 9, 23), date(2020, 3, 1)


def test_who_was_passed_over_reads_place_priority_and_where_to_object(tmp_path: Path) -> None:
    local = SCHEME.format(groups='"medical"') + OBJECTION
    people = seekers(seeker("A", EARLY), seeker("B", LATE, urgency="medical", region_years=9))
    done = run(vacancies("W1"), people, law=law(tmp_path, local))
    assert as_text(letter(done, "A", "nl")) == (
        "Uitslag van de woningtoewijzing van 1 september 2026\n\n"
        "Beste woningzoekende A,\n\n"
        "U krijgt deze keer geen woning. Hieronder leest u waarom.\n\n"
        "Woning W1\n\n"
        "U krijgt deze woning niet. U stond op plaats 2 van de 2. De woning ging naar iemand met urgentie. "
        "Mensen met urgentie gaan voor. [1]\n\n"
        "Bent u het niet eens met deze uitslag?\n\n"
        "Laat het ons weten, uiterlijk 13 oktober 2026. Dat kan bij team Verhuur. Komen wij er samen niet "
        "uit? Dan kunt u naar de Geschillencommissie Vogelstad, Postbus 1, Vogelstad. Gaat het om een "
        "vergunning of om uw urgentie? Dan maakt u bezwaar bij de gemeente.\n\n"
        "Met vriendelijke groet,\n[naam van de corporatie: nog in te vullen]\n\n"
        "Waar dit staat:\n\n[1] Hvw 12(3), 51(9)-(11)\n"
    )


def test_a_rent_that_does_not_fit_is_told_in_three_short_sentences() -> None:
    done = run(vacancies("W3", rent_cents=[732_00]), seekers(seeker("A", EARLY)))
    text = as_text(letter(done, "A", "nl"))
    assert (
        "De huur is te hoog voor uw inkomen. Met uw inkomen mag de huur niet hoger zijn dan € 713,02. Deze "
        "huur is € 732,00. [1]"
    ) in text


def test_who_stood_longer_is_told_since_when_they_are_registered() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)))
    text = as_text(letter(done, "B", "nl"))
    assert "langer staat ingeschreven dan u. U staat ingeschreven sinds 1 maart 2020." in text
    assert "2012" not in text


def test_who_gets_a_home_reads_rent_and_nothing_of_objecting() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)))
    text = as_text(letter(done, "A", "en"))
    assert "You get the home W1. The rent is € 650.00 a month." in text
    assert "disagree" not in text


def test_what_local_policy_does_not_tell_is_a_visible_blank() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY), seeker("B", LATE)))
    text = as_text(letter(done, "B", "nl"))
    assert "uiterlijk [datum: nog in te vullen]" in text
    assert "[naam en adres van de geschillencommissie: nog in te vullen]" in text


def test_a_trial_and_an_invented_city_say_so() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY)), what_if=True)
    text = as_text(letter(done, "A", "nl", invented=True))
    assert "Deze uitslag geldt niet." in text
    assert "alles in deze brief is verzonnen" in text


def test_a_letter_can_be_markdown_and_a_page_of_its_own() -> None:
    done = run(vacancies("W3", rent_cents=[732_00]), seekers(seeker("<A>", EARLY)))
    written = letter(done, "<A>", "en")
    assert "[^1]: Woningwet 46(2), BTIV 54(1)" in as_markdown(written)
    page = as_html(written)
    assert '<html lang="en">' in page
    assert "&lt;A&gt;" in page
    assert '<li id="n1">Woningwet 46(2), BTIV 54(1)</li>' in page


def test_nobody_outside_the_round_gets_a_letter() -> None:
    done = run(vacancies("W1"), seekers(seeker("A", EARLY)))
    with pytest.raises(AbsentError, match="Z is not in this round"):
        letter(done, "Z", "nl")
