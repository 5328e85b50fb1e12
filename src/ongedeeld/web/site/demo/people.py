"""The invented people of the demo: who they are, where they work, and what to look at through their eyes."""

from __future__ import annotations

from dataclasses import dataclass

from ongedeeld.errors import N_
from ongedeeld.web.accounts.roles import ROLE_LABELS, Role


@dataclass(frozen=True)
class Guest:
    """Somebody as whom a visitor looks around.

    Parameters
    ----------
    name, role
        Who it is.
    areas
        Names of areas of the model city; none is everywhere.
    look
        What is worth looking at, to be translated.
    """

    name: str
    role: Role
    areas: tuple[str, ...]
    look: str

    @property
    def role_label(self) -> str:
        """What the role is called, to be translated."""
        return ROLE_LABELS[self.role]

    @property
    def email(self) -> str:
        """An address that no mail reaches."""
        return f"{self.name.lower().replace(' ', '.')}@voorbeeld.invalid"


GUESTS = (
    Guest(
        "Willem Aarts",
        Role.CARETAKER,
        ("Marktbuurt", "Grachtenbuurt"),
        N_("Open a complex on a phone, and fill in an inspection."),
    ),
    Guest(
        "Femke de Wit",
        Role.FITTER,
        ("Marktbuurt", "Grachtenbuurt"),
        N_("Report what you see at a home, on a phone, also without a connection."),
    ),
    Guest(
        "Samira Idrissi",
        Role.HOUSING_CONSULTANT,
        ("Binnenstad", "De Vlieten"),
        N_("Read how a neighbourhood fares, and write down what you see there yourself."),
    ),
    Guest(
        "Ruben Kok",
        Role.AREA_MANAGER,
        ("Vogelwijk", "Bomenrijk"),
        N_("Look through a complex card, lay your own view beside it, and make a plan."),
    ),
    Guest(
        "Lotte van Dam",
        Role.POLICY_ADVISER,
        (),
        N_("Compare neighbourhoods on the map, and see on what each figure rests."),
    ),
    Guest(
        "Farid Yilmaz",
        Role.ALLOCATION,
        (),
        N_("See which rules hold today, and where they come from."),
    ),
    Guest("Marijke Postma", Role.DIRECTOR, (), N_("See the whole city, and what asks for attention.")),
    Guest(
        "Daan Visser",
        Role.PARTNER,
        ("Vogelwijk",),
        N_("See what somebody from outside the association sees, and what not."),
    ),
    Guest(
        "Ans de Groot",
        Role.TENANTS,
        ("Molenkwartier",),
        N_("See the neighbourhood as the tenants' organisation does."),
    ),
    Guest(
        "Joris Bakker",
        Role.DATA_MANAGER,
        (),
        N_("Bring in a new version of the figures, read its check report, and accept it."),
    ),
    Guest(
        "Ineke Smit",
        Role.PRIVACY_OFFICER,
        (),
        N_("Search who did and who saw what, and who may do what and why."),
    ),
    Guest(
        "Tom Jansen",
        Role.MANAGER,
        (),
        N_("Invite people, give them roles, and follow the work that runs."),
    ),
)
