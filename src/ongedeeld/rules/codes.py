"""Closed lists of codes that the rules know, with their Dutch and English words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ongedeeld.errors import N_, InputError
from ongedeeld.vocabulary import Both

Codes = Mapping[str, Both]

INCOME_CLASSES: Codes = MappingProxyType(
    {
        "below_passend": Both("tot de grens van passend toewijzen", "up to the limit of passend toewijzen"),
        "below_daeb": Both("daarboven, tot de DAEB-grens", "above that, up to the limit of social homes"),
        "middle": Both("daarboven, tot de grens van middenhuur", "above that, up to that of middle rent"),
        "above": Both("boven de grens van middenhuur", "above the limit of middle rent"),
    }
)
"""The income classes, as the limits of the rules part them."""

TARGET_GROUPS: Codes = MappingProxyType(
    {
        "student": Both("voltijdstudent of promovendus", "full-time student or doctoral candidate"),
        "permit_holder": Both("vergunninghouder", "permit holder"),
        "care_indication": Both(
            "indicatie voor verblijf, ADL of langdurige verpleging",
            "indication for residential, ADL or long-term nursing care",
        ),
    }
)
"""Groups that count whatever their income. Which of the three indications somebody has is not held."""

URGENCY_GROUPS: Codes = MappingProxyType(
    {
        "informal_care": Both("mantelzorg, gegeven of ontvangen", "informal care, given or received"),
        "temporary_shelter": Both(
            "tijdelijke opvang na relatieproblemen of geweld",
            "temporary shelter after relational problems or violence",
        ),
        "medical": Both("medische urgentie", "medical urgency"),
        "wmo_shelter": Both("opvang (Wmo)", "shelter (Wmo)"),
        "violence_shelter_exit": Both("uitstroom uit vrouwenopvang", "leaving a shelter after violence"),
        "protected_living_exit": Both("uitstroom uit beschermd wonen", "leaving protected living"),
        "care_institution_exit": Both("uitstroom uit een instelling", "leaving a care institution"),
        "youth_care_exit": Both("uitstroom uit de jeugdhulp, 18-22 jaar", "leaving youth care, aged 18-22"),
        "detention_exit": Both("uitstroom uit detentie of forensische zorg", "leaving detention"),
        "programme_exit": Both("uitstapprogramma", "leaving sex work by a programme"),
        "no_fixed_abode_minors": Both("zonder vast adres met kinderen", "without fixed abode, with minors"),
    }
)
"""Groups that the law names for an urgency scheme; a municipality may add groups of its own."""

URGENCY_OPTIONAL = ("temporary_shelter", "informal_care")
"""The groups that a scheme must have by the text until 30 June 2026, where there is a scheme (Hvw 12)."""

URGENCY_MANDATORY = tuple(code for code in URGENCY_GROUPS if code != "temporary_shelter")
"""The ten groups that a scheme must have by the text from 1 July 2026 (Hvw 12(3))."""

TEMPORARY_GROUNDS: Codes = MappingProxyType(
    {
        "student_from_elsewhere": Both("student van elders", "student from elsewhere"),
        "urgent_works": Both("dringende werkzaamheden of renovatie", "urgent works or renovation"),
        "shelter_or_emergency": Both("uit de opvang, of sociale nood", "from shelter, or social emergency"),
        "second_chance": Both("tweedekanscontract", "second-chance contract"),
        "bereaved": Both(
            "nabestaande die de huur niet voortzet", "bereaved who cannot continue the contract"
        ),
        "separated_parent": Both(
            "ouder die na scheiding bij de kinderen in de buurt blijft", "separated parent who stays near"
        ),
        "wadden_work": Both("werk op een Waddeneiland", "work on a Wadden island"),
        "permit_holder_reception": Both(
            "vergunninghouder uit de COA-opvang", "permit holder from the reception of asylum seekers"
        ),
    }
)
"""The groups for which a temporary contract is possible (Stb. 2024, 152, article 1)."""

SPENDING: Codes = MappingProxyType(
    {
        "housing_social_work": Both("woonmaatschappelijk werk", "housing social work"),
        "small_infrastructure": Both("kleinschalige infrastructuur", "small-scale infrastructure"),
        "clean_quiet_safe": Both(
            "bijdrage aan plannen voor schoon, tegen overlast, voor veilig",
            "contribution to plans for clean, against nuisance, for safe",
        ),
        "meeting": Both("activiteiten voor ontmoeting van huurders", "activities for tenants to meet"),
        "residents_activities": Both("bijdrage aan activiteiten van bewoners", "residents' own activities"),
    }
)
"""What money for livability may be spent on (BTIV 51 and 48(1)a)."""

PRIORITY_CRITERIA: Codes = MappingProxyType(
    {"nature": Both("aard", "nature"), "size": Both("grootte", "size"), "price": Both("prijs", "price")}
)
"""Features of a home by which a permit may give priority (Hvw 11)."""


SITUATIONS: Codes = MappingProxyType(
    {
        "permit_holder": Both("vergunninghouder uit de taakstelling", "permit holder of the target"),
        "social_assistance": Both("ontvangt algemene bijstand", "receives social assistance"),
        "study_finance": Both("ontvangt studiefinanciering", "receives student finance"),
        "student_from_abroad": Both("student uit het buitenland", "student from abroad"),
        "other": Both("overige bewoner", "any other resident"),
    }
)
"""Situations of a resident that decide which evidence of income is asked (BTIV 56(3)-(5))."""

EVIDENCE: Codes = MappingProxyType(
    {
        "reception_statement": Both("inkomstenverklaring van het COA", "statement of the reception agency"),
        "social_assistance_award": Both("toekenning van algemene bijstand", "award of social assistance"),
        "tax_data": Both(
            "(voorlopige) aanslag of inkomensgegeven van de Belastingdienst",
            "(provisional) tax assessment or income data of the tax office",
        ),
        "study_proof": Both("bewijs van de studie", "proof of the study"),
        "own_statement": Both("eigen inkomensverklaring", "own statement of income"),
    }
)
"""Evidence of income before a letting (BTIV 56(4)-(7))."""

OWN_STATEMENT_GROUNDS: Codes = MappingProxyType(
    {
        "no_tax_data_yet": Both(
            "de Belastingdienst verklaart dat hij het inkomen nog niet kent",
            "the tax office states that it does not know the income yet",
        ),
        "contested": Both(
            "de huurder onderbouwt dat het inkomen aan de andere kant van de grens ligt",
            "the tenant gives grounds that the income lies on the other side of the limit",
        ),
    }
)
"""Grounds on which an own statement may stand in for other evidence (BTIV 56(6) and 56(7))."""

SOCIAL_TENANTS: Codes = MappingProxyType(
    {
        "social_body": Both(
            "vereniging of stichting met alleen een maatschappelijk doel",
            "association or foundation with only a social purpose",
        ),
        "government": Both("overheidsinstelling", "government body"),
        "social_worker": Both(
            "persoon die er alleen maatschappelijk werk verricht", "person who only does social work there"
        ),
    }
)
"""Tenants that social real estate is for (Woningwet 48(6))."""

CAMPUS_GROUPS: Codes = MappingProxyType(
    {
        "student": Both("student", "student"),
        "doctoral_candidate": Both("promovendus", "doctoral candidate"),
        "large_family": Both("groot gezin", "large family"),
    }
)
"""Groups for which a home can be let with a campus contract (BW 7:274d-274f)."""


def known_code(code: str, codes: Iterable[str], what: Both) -> str:
    """The code, when it is in its closed list.

    Raises
    ------
    InputError
        When it is not.
    """
    if code not in codes:
        raise InputError(
            N_("'{code}' is not a code of: {what}"),
            expected=N_("one of: {known}"),
            code=code,
            what=what,
            known=", ".join(codes),
        )
    return code
