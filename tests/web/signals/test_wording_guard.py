"""Words that are stopped, and words that are not: what was seen may always be written."""

from __future__ import annotations

import pytest

from ongedeeld.errors import InputError
from ongedeeld.vocabulary import translator
from ongedeeld.web.signals.reporting.wording_guard import refusals, refuse_words


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Mevrouw is dement.", "an illness or addiction"),
        ("Hij lijkt me verward en depressief.", "an illness or addiction"),
        ("Alcoholist, de hele dag dronken.", "an illness or addiction"),
        ("Volgens de buren schizofreen.", "an illness or addiction"),
        ("She is mentally ill.", "an illness or addiction"),
        ("Een Marokkaans gezin.", "origin, nationality or belief"),
        ("Sinds kort statushouder.", "origin, nationality or belief"),
        ("De zoon is een bekende crimineel.", "a police matter"),
        ("Er wordt gedeald; de dealer woont op 3.", "a police matter"),
        ("Heeft een strafblad.", "a police matter"),
        ("Een bekende van de politie.", "a police matter"),
        ("Zat in de gevangenis en heeft een enkelband.", "a police matter"),
        ("Is drugsverslaafd.", "an illness or addiction"),
        ("Zijn gokverslaving speelt op.", "an illness or addiction"),
        ("Heeft longkanker.", "an illness or addiction"),
        ("Een LVB-cliënt.", "an illness or addiction"),
        ("Zigeuners op nummer 4.", "origin, nationality or belief"),
        ("Op het Surinameplein woont een Surinaamse man.", "origin, nationality or belief"),
        ("Een zwarte man stond bij de ingang.", "origin, nationality or belief"),
        ("Volgens de buren is hij homo.", "sexual orientation"),
        ("Er zou huiselijk geweld zijn; aangifte gedaan.", "a police matter"),
        ("BSN 111.222.333", "a citizen service number"),
        ("Meterstand onbekend. Zijn nummer is 111222333.", "a citizen service number"),
        ("BSN van de bewoner bij de meterstand: 111222333", "a citizen service number"),
        ("De Turkse bakker schreeuwde in het trappenhuis.", "origin, nationality or belief"),
        ("De Turkse winkelier van nummer 4.", "origin, nationality or belief"),
        ("Bij de Turkse buurman stond de deur open.", "origin, nationality or belief"),
        ("Zij zit in een depressie in de winter.", "an illness or addiction"),
        ("De buurman is gestoord door de drank.", "an illness or addiction"),
        ("Mevrouw de Boom is ziek.", "an illness or addiction"),
        ("De bewoner is al weken ziek.", "an illness or addiction"),
        ("Meneer zuipt en drinkt te veel.", "an illness or addiction"),
        ("Zij gebruikt weer drugs, vooral cocaïne.", "an illness or addiction"),
        ("Heeft een angststoornis of smetvrees.", "an illness or addiction"),
        ("Twee Oost-Europeanen, en een Pool.", "origin, nationality or belief"),
        ("Draagt een boerka.", "origin, nationality or belief"),
        ("Is opgepakt en heeft vastgezeten.", "a police matter"),
        ("Mishandelt zijn vrouw.", "a police matter"),
        ("Hij slaat vaak zijn kinderen.", "a police matter"),
    ],
)
def test_it_stops_what_does_not_belong_in_a_signal(words: str, what: str) -> None:
    first = refusals(words)[0]
    assert first.fields["what"] == what
    assert first.remedy


@pytest.mark.parametrize(
    "words",
    [
        "De gordijnen zijn al weken dicht en de post stapelt zich op.",
        "Wist niet welke dag het was en vroeg twee keer hetzelfde.",
        "Mevrouw Jansen deed open en dronk koffie met me. Ze vroeg hulp bij een brief.",
        "Bel 06 12345678 na vijf uur; komt op 12 november terug.",
        "Er stond een tolk bij. Kerkstraat 12, tweede verdieping.",
        "The stove was on and nobody minded it.",
        "Een gek geluid in de leiding. Er is een fiets gestolen; de bewoner heeft diefstal gemeld.",
        "De lamp op het Surinameplein is uit, ook op de hoek van de Marokkostraat.",
        "Blauwe plekken op de armen; zegt bang te zijn.",
        "Het vuil staat elke week bij de Turkse bakker, tegenover de Poolse supermarkt.",
        "De Turkse bakker op de hoek zet dozen op de stoep.",
        "Er is een depressie in het grasveld waar water blijft staan.",
        "Storing: gestoorde ontvangst, de verbinding is steeds gestoord.",
        "De lift is ziek en de boom is al ziek; een zieke kastanje.",
        "Meterstand 111222333, genoteerd bij de opname.",
        "De watermeter stond op 123.456.782.",
        "Verbruik tot nu: 111222333 kWh.",
        "De lift zit vast tussen twee verdiepingen. De deur slaat de hele nacht.",
        "Er is een lek in de pool van de buren; drinkt thee in de hal en eet er.",
        "De bewoner zei een einde aan het leven te willen maken.",
        "Er is politie in de straat; ik belde 112.",
    ],
)
def test_it_lets_through_what_was_seen(words: str) -> None:
    refuse_words(words)


def test_it_tells_every_word_that_has_to_go() -> None:
    found = refusals("Een verwarde Poolse dealer.")
    assert [one.fields["words"] for one in found] == ["Poolse", "verwarde", "dealer"]


def test_it_says_why_and_what_to_write_instead() -> None:
    with pytest.raises(InputError) as raised:
        refuse_words("Zij is dement.")
    told = raised.value.say(translator("en").gettext)
    assert "“dement” looks like an illness or addiction: we are no doctors" in told
    assert "did not know which day it was" in told


def test_a_number_is_not_said_again() -> None:
    with pytest.raises(InputError) as raised:
        refuse_words("Haar nummer is 111222333.")
    assert "111222333" not in raised.value.say()


@pytest.mark.parametrize(
    "words",
    [
        "Het is bij een Turkse bakker thuis vaak lawaaiig.",
        "Bij de Marokkaanse slager in huis wonen acht mensen.",
    ],
)
def test_the_trade_of_somebody_at_home_is_no_shop(words: str) -> None:
    with pytest.raises(InputError, match="origin"):
        refuse_words(words)


def test_a_shop_by_which_a_place_is_told_stays() -> None:
    refuse_words("De lantaarn bij de Turkse bakker is stuk.")
