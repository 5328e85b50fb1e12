"""Who did what stands in the record without a person: the workbench, a partner by link, a resident.

Only who signs in has a key. What was done tells the rest: a partner who answers without an account came
through the link of a referral, and a resident through their own pages. Neither is named anywhere.
"""

from __future__ import annotations

from ongedeeld.errors import N_

WORKBENCH = N_("the workbench itself")
BY_LINK = N_("a partner, through the link of a referral")
RESIDENT = N_("a resident, on their own pages")
RESIDENT_OR_WORKBENCH = N_("a resident, or the workbench itself")

UNSIGNED = {
    **dict.fromkeys(
        (
            "referrals.accept",
            "referrals.finish",
            "referrals.make_code",
            "referrals.open_by_link",
            "referrals.refuse",
            "referrals.see_received",
        ),
        BY_LINK,
    ),
    **dict.fromkeys(
        (
            "referrals.follow",
            "referrals.take_back_item",
            "referrals.withdraw",
            "residents.ask_pending",
            "residents.begin_vault",
            "residents.block_card",
            "residents.download_vault",
            "residents.give_life",
            "residents.open_vault",
            "residents.see_own_signals",
            "residents.send_anew",
            "residents.share_item",
            "residents.take_life_back",
            "residents.withdraw_share",
            "safeguards.take_in_request",
        ),
        RESIDENT,
    ),
    # With a second card these happen at once; with the other they wait, and the workbench does them.
    **dict.fromkeys(
        (
            "residents.delete_vault",
            "residents.renew_lock",
            "residents.undo_pending",
            "residents.unlink_home",
        ),
        RESIDENT_OR_WORKBENCH,
    ),
}
"""Who did what has no person in the record, by its verb; all else is the workbench's own."""
