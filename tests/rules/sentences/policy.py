"""Sentences on the home, the numbers and local policy."""

from __future__ import annotations

from ongedeeld.rules import codes as lists
from tests.rules.sentences.case import DAY, EUROS, PLACE, Case, cents, code, day_of, given, share


@given(rf"een huur van {EUROS}")
def _rent(case: Case, amount: str) -> None:
    case.facts["rent"] = cents(amount)


@given(rf"de maximale huur naar punten is {EUROS}")
def _maximum(case: Case, amount: str) -> None:
    case.facts["maximum"] = cents(amount)


@given(r"een woning van (\d+) punten")
def _points(case: Case, points: str) -> None:
    case.facts["points"] = int(points)


@given(r"er zijn nog (\d+) plaatsen in de vrije ruimte")
def _free(case: Case, left: str) -> None:
    case.facts["left"] = int(left)


@given(r"er kunnen nog (\d+) woningen met voorrang voor binding worden verhuurd")
def _room(case: Case, left: str) -> None:
    case.facts["room"] = int(left)


@given(rf"prestatieafspraken in {PLACE} op (\d+(?:,\d+)?)% voor de doelgroep")
def _agreement(case: Case, place: str, percent: str) -> None:
    case.policy.append(
        f'[[agreements]]\nname = "{place}"\nparties = ["x"]\nmunicipalities = ["{place}"]\n'
        f'daeb_min_share = {share(percent)}\nfrom = 2022-01-01\nsource = "prestatieafspraken"'
    )


@given(rf"de minister keurde op {DAY} een ruil naar (\d+(?:,\d+)?)% goed, van {DAY} tot en met {DAY}")
def _swap(case: Case, approved: str, percent: str, start: str, end: str) -> None:
    case.policy.append(
        f"[[swaps]]\nname = 'ruil'\nparties = ['x', 'y']\ndaeb_min_share = {share(percent)}\n"
        f"approved = {day_of(approved).isoformat()}\nfrom = {day_of(start).isoformat()}\n"
        f"until = {day_of(end).isoformat()}\nsource = 'besluit van de minister'"
    )


@given(r"het eigen beleid in de vrije ruimte: (.+)")
def _own_order(case: Case, groups: str) -> None:
    names = ", ".join(f'"{name}"' for name in groups.split(", "))
    case.policy.append(f'[[free_space]]\ngroups = [{names}]\nfrom = 2026-01-01\nsource = "toewijzingsbeleid"')


@given(rf"{PLACE} heeft een urgentieregeling voor: (.+?)(?:, en moet voldoen per {DAY})?")
def _scheme(case: Case, place: str, groups: str, comply: str | None) -> None:
    names = (
        lists.URGENCY_MANDATORY
        if groups == "alle tien groepen"
        else [code(words, lists.URGENCY_GROUPS) for words in groups.split("; ")]
    )
    listed = ", ".join(f'"{name}"' for name in names)
    case.policy.append(f'[[urgency]]\nmunicipality = "{place}"\ngroups = [{listed}]\n{_comply(comply)}')


@given(rf"{PLACE} heeft geen urgentieregeling(?:, en moet voldoen per {DAY})?")
def _no_scheme(case: Case, place: str, comply: str | None) -> None:
    case.policy.append(f'[[urgency]]\nmunicipality = "{place}"\n{_comply(comply)}')


def _comply(comply: str | None) -> str:
    line = f"comply_by = {day_of(comply).isoformat()}\n" if comply else ""
    return f'{line}from = 2024-01-01\nsource = "verordening"'


@given(rf"de regio van {PLACE} sprak (\d+)% voor urgenten af")
def _regional(case: Case, place: str, percent: str) -> None:
    case.policy.append(
        f'[[urgency_agreements]]\nname = "regio"\nmunicipalities = ["{place}"]\nshare = {share(percent)}\n'
        'from = 2026-07-01\nsource = "regionale afspraken"'
    )


@given(
    rf"de verordening van {PLACE} geeft binding aan de gemeente voorrang voor (\d+)% van de (\w+)"
    "( zonder bouwruimte)?"
)
def _ordinance(case: Case, place: str, percent: str, category: str, full: str | None) -> None:
    hardly = "hardly_any_room = true\n" if full else ""
    case.facts |= {"place": place, "category": category}
    case.policy.append(
        f'[[binding]]\nmunicipality = "{place}"\ncategory = "{category}"\nshare = {share(percent)}\n{hardly}'
        'vital_professions = ["verpleegkundige"]\nfrom = 2026-01-01\nsource = "verordening"'
    )


@given(rf"de taakstelling van {PLACE} is (\d+) mensen")
def _target(case: Case, place: str, people: str) -> None:
    case.policy.append(
        f'[[permit_holders]]\nmunicipality = "{place}"\npeople = {people}\nfrom = 2026-07-01\n'
        'until = 2026-12-31\nsource = "Staatscourant"'
    )


@given(rf"(BU\d{{8}}) is aangewezen voor artikel (8|9|10) van {DAY} tot en met {DAY}((?:, .+)?)")
def _designation(case: Case, area: str, article: str, start: str, end: str, rest: str) -> None:
    extra = {
        ", eerste verlenging zonder evaluatie": "renewal = 1\n",
        ", vijfde verlenging": 'renewal = 5\nevaluation = "rapport"\n',
        ", voor urgentie": "outranks_urgency = true\n",
        ", met evaluatie": 'evaluation = "rapport"\n',
    }
    hardship = "false" if rest == ", zonder hardheidsclausule" else "true"
    case.policy.append(
        f"[[designations]]\nname = 'aanwijzing {len(case.policy)}'\narticles = [{article}]\n"
        f"areas = ['{area}']\n"
        f"hardship_clause = {hardship}\nchance_elsewhere = 'monitor'\n{extra.get(rest, '')}"
        f"from = {day_of(start).isoformat()}\nuntil = {day_of(end).isoformat()}\nsource = 'besluit'"
    )


@given(rf"het eigen beleid zet ([a-z_0-9]+) per {DAY} op ([\d.]+)")
def _value(case: Case, name: str, start: str, value: str) -> None:
    case.policy.append(
        f"[[values.{name}]]\nfrom = {day_of(start).isoformat()}\nvalue = {value}\nsource = 'besluit'"
    )


@given(rf"de regel ([a-z_]+) gold al per {DAY}")
def _held(case: Case, name: str, start: str) -> None:
    case.policy.append(f"[[rules]]\nrule = '{name}'\nfrom = {day_of(start).isoformat()}\nsource = 'besluit'")


@given(rf"op {DAY} (\d+) verhuringen aan paren (.+?) voor {EUROS}(?:, (\d+) met voorrang voor binding)?")
def _let(case: Case, day: str, number: str, words: str, rent: str, bound_number: str | None) -> None:
    for each in range(int(number)):
        case.lettings.append(
            {
                "letting": str(len(case.lettings)),
                "date": day_of(day),
                "municipality": "GM9999",
                "social": True,
                "rent_cents": cents(rent),
                "household_size": 2,
                "income_class": code(words, lists.INCOME_CLASSES),
                "category": "flats",
                "bound_priority": each < int(bound_number or 0),
                "permit_holders": 0,
            }
        )


@given(rf"{PLACE} bestemt middenhuur voor middeninkomens")
def _middle_rent(case: Case, place: str) -> None:
    case.policy.append(
        f'[[middle_rent]]\nmunicipality = "{place}"\nfrom = 2026-01-01\nsource = "verordening"'
    )
