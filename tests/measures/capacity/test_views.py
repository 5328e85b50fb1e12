from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ongedeeld.errors import InputError
from ongedeeld.measures.capacity import cards, load_views
from tests.measures.capacity.card_cast import DAY, entry, hours, scoring_file, stock_city

OVERRULE = """
[[overrule]]
unit = "C1"
theme = "nuisance"
score = 4
reason = "since the summer groups meet in the hall; nobody reports it"
until = 2026-06-30
"""
GRADE = """
[[grade]]
unit = "C1"
grade = 6.8
answers = 14
day = 2025-11-01
"""
QUOTE = """
[[quote]]
unit = "C1"
words = "We know each other here. The lift is a worry."
permission = true
"""


def written(folder: Path, text: str, name: str = "views.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_it_reads_the_three_kinds_of_views(tmp_path: Path) -> None:
    views = load_views(written(tmp_path, OVERRULE + GRADE + QUOTE))
    assert (views.overrules[0].score, views.overrules[0].until) == (4.0, date(2026, 6, 30))
    assert (views.grades[0].grade, views.grades[0].answers) == (6.8, 14)
    assert views.quotes[0].words.startswith("We know each other")


def test_a_spreadsheet_tells_the_same(tmp_path: Path) -> None:
    text = "kind;unit;theme;score;reason;until;grade;answers;day;words;permission\n"
    text += "overrule;C1;nuisance;4;groups meet in the hall, nobody reports it;30-06-2026;;;;;\n"
    text += "grade;C1;;;;;6,8;14;2025-11-01;;\n"
    text += "quote;C1;;;;;;;;We know each other here.;ja\n"
    views = load_views(written(tmp_path, text, "views.csv"))
    assert views.overrules[0].until == date(2026, 6, 30)
    assert views.grades[0].grade == 6.8
    assert len(views.quotes) == 1


def test_words_without_permission_are_counted_and_not_quoted(tmp_path: Path) -> None:
    views = load_views(written(tmp_path, QUOTE + QUOTE.replace("true", "false")))
    assert len(views.quotes) == 1
    assert views.unquoted == (("C1", 1),)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('reason = "since the summer groups meet in the hall; nobody reports it"\n', "", "this is empty"),
        ("until = 2026-06-30\n", "", "this is empty"),
        ("until = 2026-06-30", 'until = "summer"', "'summer' is not a date"),
        ("score = 4", "score = 6", "'6' is not a number that this can be"),
        ('theme = "nuisance"', 'theme = "noise"', "'noise' is not known here"),
        ('unit = "C1"', 'unit = ""', "this is empty"),
    ],
)
def test_it_refuses_an_overrule_that_is_not_whole(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in OVERRULE
    with pytest.raises(InputError, match=words) as raised:
        load_views(written(tmp_path, OVERRULE.replace(old, new)))
    assert "line 2" in str(raised.value)


def test_it_refuses_two_views_on_one_theme(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nuisance of C1 is overruled twice"):
        load_views(written(tmp_path, OVERRULE + OVERRULE))


@pytest.mark.parametrize(
    ("words", "looks_like"),
    [
        ("Mail me at a.b@voorbeeld.nl", "an e-mail address"),
        ("Bel 06-12345678", "a telephone"),
        ("Ik woon op 3512 AB", "a postcode"),
        ("Mevrouw De Vries helpt iedereen", "the name of a person"),
        ("Merelstraat 12 is altijd vies", "an address"),
        ("op nummer 14 is het druk", "the number of a home"),
        ("geboren op een boot", "a date of birth"),
        ("mijn bsn is 123456782", "citizen service number"),
        ("Mijn buurman Ahmed helpt altijd", "the name of a person"),
        ("my son, Peter, cleans the stairs", "the name of a person"),
        ("De zoon heet Kevin", "the name of a person"),
        ("Er wonen veel Marokkanen", "origin, nationality or belief"),
        ("the Polish family upstairs", "origin, nationality or belief"),
        ("een statushouder boven ons", "origin, nationality or belief"),
        ("de vrouw hiernaast is dement", "health or addiction"),
        ("een verslaafde in het portiek", "health or addiction"),
        ("he is mentally ill", "health or addiction"),
    ],
)
def test_it_refuses_words_that_lead_to_a_person(tmp_path: Path, words: str, looks_like: str) -> None:
    text = QUOTE.replace("We know each other here. The lift is a worry.", words)
    with pytest.raises(InputError, match=looks_like) as raised:
        load_views(written(tmp_path, text))
    assert words not in str(raised.value)


@pytest.mark.parametrize(
    "words",
    [
        "Mijn buurvrouw helpt met de boodschappen.",
        "De trap is vies en de lift is vaak kapot.",
        "The neighbours are friendly. It is near the swimming pool.",
        "Vlak bij het ziekenhuis, en de kinderen spelen buiten.",
    ],
)
def test_it_quotes_words_that_lead_to_nobody(tmp_path: Path, words: str) -> None:
    text = QUOTE.replace("We know each other here. The lift is a worry.", words)
    assert load_views(written(tmp_path, text)).quotes[0].words == words


def test_it_refuses_a_key_that_is_written_wrong_and_names_what_comes_near(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="called 'untill'") as raised:
        load_views(written(tmp_path, OVERRULE.replace("until", "untill")))
    assert "until" in str(raised.value).split("Expected")[1]
    text = "kind;unit;wrods;permission\nquote;C1;We know each other.;ja\n"
    with pytest.raises(InputError, match="called 'wrods'"):
        load_views(written(tmp_path, text, "views.csv"))


def test_a_grade_of_few_answers_or_of_a_later_day_is_not_shown_and_a_note_says_so(tmp_path: Path) -> None:
    for grade, words in (
        (GRADE.replace("answers = 14", "answers = 9"), "of fewer than 10 answers"),
        (GRADE.replace("2025-11-01", "2026-01-02"), "of a later day"),
    ):
        found = made(tmp_path, grade)
        assert found.grades.is_empty()  # type: ignore[attr-defined]
        assert any(words in str(one) for one in found.notes)  # type: ignore[attr-defined]


def test_it_refuses_words_that_are_long(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="300 signs long"):
        load_views(
            written(tmp_path, QUOTE.replace("We know each other here. The lift is a worry.", "x" * 300))
        )


@pytest.mark.parametrize("text", ["[[rumour]]\nunit = 'C1'\n", "not a table", "[[quote]]\nunit = 'C1'\n"])
def test_it_refuses_a_file_of_another_form(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError):
        load_views(written(tmp_path, text))


def made(folder: Path, views: str, day: date = DAY) -> object:
    table = scoring_file(folder, entry("caretaker_hours", "nuisance", "capacity", "hours"))
    city = stock_city({"caretaker_hours": hours(("C1", 5.0), ("C2", 2.0), ("C3", 8.0))})
    return cards(city, day=day, scoring=table, views=written(folder, views))


def test_the_view_of_professionals_stands_beside_the_figure(tmp_path: Path) -> None:
    card = made(tmp_path, OVERRULE + GRADE + QUOTE).card("C1")  # type: ignore[attr-defined]
    theme = card.themes.row(0, named=True)
    assert (theme["score"], theme["overruled"], theme["until"]) == (2.0, 4.0, date(2026, 6, 30))
    assert card.ranks["score"].to_list() == [2.0]
    assert card.grades["grade"].to_list() == [6.8]
    assert card.quotes == ("We know each other here. The lift is a worry.",)
    assert "professional_view" in card.evidence


def test_a_view_that_has_ended_no_longer_counts_and_a_note_says_so(tmp_path: Path) -> None:
    found = made(tmp_path, OVERRULE.replace("2026-06-30", "2025-06-30"))
    assert found.themes["overruled"].is_null().all()  # type: ignore[attr-defined]
    assert any("ended on 2025-06-30" in str(one) for one in found.notes)  # type: ignore[attr-defined]


def test_it_refuses_a_view_on_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="a view on C9, of which there is no card"):
        made(tmp_path, GRADE.replace("C1", "C9"))
