"""The Dutch sentences on a policy: each is one use of an instrument, in the words of a policy officer."""

from __future__ import annotations

import re
from collections.abc import Callable

from ongedeeld.allocation.catalogue import CODES
from tests.rules.sentences.case import EUROS, cents, code, share

SHARE = r"(\d+(?:,\d+)?)% van de verhuringen"
ALL = 'agreed = ["municipality", "tenants", "partner", "region"]\n'
PUBLISHED = f'source = "gepubliceerd beleid"\n{ALL}'
AGREED = f'agreement = "Baken"\nsource = "verslag"\n{ALL}'
USES: list[tuple[re.Pattern[str], Callable[..., str]]] = []
CRITERIA = {"de aard": "nature", "de grootte": "size", "de prijs": "price"}
GROUNDS = {"schaarste": "scarcity", "leefbaarheid": "livability"}


def use(pattern: str) -> Callable[[Callable[..., str]], Callable[..., str]]:
    """A sentence that is a use of an instrument."""

    def keep(function: Callable[..., str]) -> Callable[..., str]:
        USES.append((re.compile(pattern), function))
        return function

    return keep


def used(sentence: str) -> str:
    """The use that a sentence describes, as a policy file writes it."""
    found = [
        function(*match.groups()) for pattern, function in USES if (match := pattern.fullmatch(sentence))
    ]
    assert len(found) == 1, f"{len(found)} meanings of: {sentence}"
    return found[0]


def _use(name: str, rest: str, *, until: str = "until = 2032-12-31\n") -> str:
    return f'[[instrument]]\nname = "{name}"\nfrom = 2020-01-01\n{until}{rest}\n'


@use(rf"wie gebonden is gaat voor bij {SHARE}(?:, op grond van (schaarste|leefbaarheid))?")
def _binding(percent: str, ground: str | None) -> str:
    why = GROUNDS[ground or "schaarste"]
    return _use("local_binding", f'share = {share(percent)}\nground = "{why}"\n{PUBLISHED}')


@use(rf"vitale beroepen gaan voor bij {SHARE}")
def _vital(percent: str) -> str:
    return _use(
        "vital_professions", f'professions = ["verpleegkundige"]\nshare = {share(percent)}\n{PUBLISHED}'
    )


@use(rf"hogere inkomens gaan voor bij {SHARE}")
def _free(percent: str) -> str:
    return _use("free_space", f"share = {share(percent)}\n{PUBLISHED}")


@use(r"senioren gaan voor om (.+)")
def _seniors(criterion: str) -> str:
    return _use("label_seniors", f'criterion = "{CRITERIA.get(criterion, criterion)}"\n{PUBLISHED}')


@use(r"woningen met een jongerencontract voor wie (.+) is")
def _youth(ages: str) -> str:
    classes = ", ".join(f'"{code(one, CODES["age_class"])}"' for one in ages.split(" of "))
    return _use("label_youth", f'age_classes = [{classes}]\ncontract = "youth"\n{PUBLISHED}')


@use(r"grote woningen (eerst|alleen) naar huishoudens die er groot genoeg voor zijn, om (.+)")
def _occupancy(goes: str, criterion: str) -> str:
    how = {"eerst": "first", "alleen": "only"}[goes]
    by = CRITERIA.get(criterion, criterion)
    return _use("occupancy", f'goes = "{how}"\ncriterion = "{by}"\n{PUBLISHED}')


@use(r"woningen met een campuscontract")
def _campus() -> str:
    return _use("label_students", f'contract = "campus"\n{PUBLISHED}')


@use(r"artikel (8|9|10) van de Wbmgp in (BU\d{8})")
def _wbmgp(article: str, area: str) -> str:
    name = {"8": "wbmgp_income", "9": "wbmgp_priority", "10": "wbmgp_nuisance"}[article]
    return _use(name, f'areas = ["{area}"]')


@use(r"artikel 10 van de Wbmgp in de hele gemeente")
def _wbmgp_everywhere() -> str:
    return _use("wbmgp_nuisance", "")


@use(rf"verhuren op motivatie bij {SHARE}(, in de vergunning)?")
def _motivation(percent: str, by_permit: str | None) -> str:
    return _use(
        "motivation_letting",
        f"share = {share(percent)}\nby_permit = {str(bool(by_permit)).lower()}\n{PUBLISHED}",
    )


@use(r"een contingent van (\d+) woningen voor: ([^,]+)(, zonder vastgelegde afspraak)?")
def _contingent(homes: str, group: str, unrecorded: str | None) -> str:
    named = f'group = "{code(group, CODES["group"])}"\nhomes = {homes}\npartner = "Het Baken"\n'
    return _use("contingent", named + ("" if unrecorded else AGREED))


@use(r"bemiddeling met begeleiding, met een tijdelijk contract van (\d+) maanden")
def _temporary(months: str) -> str:
    support = f'months = {months}\nhours_a_week = 2\npayer = "gemeente"\n'
    support += 'temporary_ground = "shelter_or_emergency"\n'
    named = 'group = "wmo_shelter"\nhomes = 2\npartner = "Het Baken"\n'
    return _use("support_agreement", named + support + AGREED)


@use(r"een plafond van (\d+) in Merelhof, bij (\d+) afgesproken bemiddelingen in de regio(, zonder einde)?")
def _ceiling(most: str, total: str, endless: str | None) -> str:
    table = f"most = {{ Merelhof = {most} }}\nregional_total = {total}\n{AGREED}"
    return _use("ceiling", table, until="") if endless else _use("ceiling", table)


@use(rf"twee huren, waarvan de hoogste {EUROS}(, zonder instemming van de huurders)?")
def _two_rents(amount: str, unagreed: str | None) -> str:
    return _use(
        "two_rents",
        f"higher_rent_cents = {cents(amount)}\n{PUBLISHED.replace(ALL, '') if unagreed else PUBLISHED}",
    )


@use(r"de streefhuur verlagen tot de lage aftoppingsgrens")
def _lowered() -> str:
    return _use("lowered_target_rent", PUBLISHED)


@use(r"urgenten gaan voor")
def _urgent() -> str:
    return _use("urgency", PUBLISHED)


@use(r"loting(, zonder dat het beleid te lezen is)?")
def _lottery(unpublished: str | None) -> str:
    return _use("lottery", "" if unpublished else PUBLISHED)
