"""What is told of life maps to who asks what is kept about them: that they hold the key themselves."""

from __future__ import annotations

from ongedeeld.errors import N_
from ongedeeld.web.residents.sharing import holdings as sharing_holdings  # noqa: F401 - what it registers
from ongedeeld.web.safeguards.request_holdings import Holding, hold

# More people may live in a home: that one of them has a map is told to nobody who asks about the home.
hold(
    Holding(
        kind="residents.vault",
        text=N_("life maps"),
        heeds_marks=False,
        otherwise=N_(
            "A life map is encrypted on the device of the resident, who alone holds its key. With their card "
            "they read, correct, download and delete it themselves; nobody else can, and nothing leads to it "
            "from a home."
        ),
    )
)
hold(
    Holding(
        kind="residents.donation",
        text=N_("copies of lives that residents gave for learning"),
        heeds_marks=False,
        otherwise=N_(
            "They tell of nobody, and nothing leads from a home to one. "
            "Who gave one takes it back in their map."
        ),
    )
)
hold(
    Holding(
        kind="residents.opening",
        text=N_("on which devices a life map is open"),
        heeds_marks=False,
        otherwise=N_(
            "The resident sees and closes these in their own map; they end by themselves within a day."
        ),
    )
)
hold(
    Holding(
        kind="residents.invitation",
        text=N_("invitations to begin a life map"),
        heeds_marks=False,
        otherwise=N_(
            "An invitation names nobody, and its link with a home ends as soon as it is used, or within days."
        ),
    )
)
