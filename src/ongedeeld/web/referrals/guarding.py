"""Triggers with which the database itself keeps what was told on which ground, and what was done.

An item keeps its ground, article, and how and when the resident was asked; it can only be taken back, once,
and what was emptied stays empty. A party of a meeting keeps how the resident was asked, and leaves once. A
step of the history never changes. All go with their whole referral alone, which is emptied first, or with
their meeting, of which the version is then 0 (see `removing`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ongedeeld.web.audit.triggers import Triggers

_FIXED = {
    "referrals_referralitem": (
        "id, key, referral_id, kind, ground, article, asked, asked_on, told_free, share, made_at, made_by, "
        "until_day"
    ),
    "referrals_referralevent": "id, referral_id, at, actor, side, step, about",
    "referrals_meetingparty": "id, item_id, organisation_id, asked, asked_on, made_by, made_at",
}
"""Each table with the columns that never change."""
_OF_REFERRAL = "SELECT 1 FROM referrals_referral WHERE id = OLD.referral_id AND home <> ''"
_KEPT = {
    "referrals_referralitem": _OF_REFERRAL,
    "referrals_referralevent": _OF_REFERRAL,
    "referrals_meetingparty": (
        "SELECT 1 FROM referrals_meetingitem i JOIN referrals_referral r ON r.id = i.referral_id "
        "JOIN referrals_meeting m ON m.id = i.meeting_id "
        "WHERE i.id = OLD.item_id AND r.home <> '' AND m.version > 0"
    ),
}
"""What has to be gone, by table, before a row of it can be."""
_TAKEN_BACK = (
    "(OLD.withdrawn_at IS NOT NULL OR OLD.sealed = '') AND (NEW.withdrawn_at IS NULL OR NEW.sealed <> '')"
)
"""What would give back what was taken back."""
_BACK_AGAIN = "OLD.left_at IS NOT NULL AND (NEW.left_at IS NULL OR NEW.left_at <> OLD.left_at)"
"""What would let a party in again that had left."""
_ONCE_ONLY = {
    "referrals_referralitem": (_TAKEN_BACK, "what was taken back stays so"),
    "referrals_meetingparty": (_BACK_AGAIN, "who left a meeting joins anew"),
}


def _columns(table: str) -> str:
    return ", ".join(f'"{name}"' for name in _FIXED[table].split(", "))


def _sqlite() -> Iterator[tuple[str, str]]:
    for table in _FIXED:
        yield (
            f"{table}_stays",
            f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OF {_columns(table)} ON {table}
            BEGIN SELECT RAISE(ABORT, 'what was told and done cannot be changed'); END""",
        )
        # REPLACE deletes without asking the trigger below.
        yield (
            f"{table}_once",
            f"""CREATE TRIGGER {table}_once BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'what was told and done cannot be replaced'); END""",  # noqa: S608 - names of above
        )
        yield (
            f"{table}_kept",
            f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            WHEN EXISTS ({_KEPT[table]})
            BEGIN SELECT RAISE(ABORT, 'what was told and done goes with its whole referral'); END""",
        )
    for table, (change, why) in _ONCE_ONLY.items():
        yield (
            f"{table}_gone",
            f"""CREATE TRIGGER {table}_gone BEFORE UPDATE ON {table}
            WHEN {change} BEGIN SELECT RAISE(ABORT, '{why}'); END""",
        )


def _postgresql() -> Iterator[str]:
    yield """CREATE FUNCTION referrals_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what was told and done cannot be changed'; END $$"""
    for table, kept in _KEPT.items():
        yield f"""CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS ({kept}) THEN
                    RAISE EXCEPTION 'what was told and done goes with its whole referral';
                END IF;
                RETURN OLD;
            END $$"""
    for table in _FIXED:
        yield f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OF {_columns(table)} ON {table}
            FOR EACH ROW EXECUTE FUNCTION referrals_refuse()"""
        yield f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_keep()"""
        yield f"""CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION referrals_refuse()"""
    for table, (change, _) in _ONCE_ONLY.items():
        yield f"""CREATE TRIGGER {table}_gone BEFORE UPDATE ON {table}
            FOR EACH ROW WHEN ({change}) EXECUTE FUNCTION referrals_refuse()"""


_TRIGGERS = Triggers(
    dict(_sqlite()), tuple(_postgresql()), ("referrals_refuse", *(f"{table}_keep" for table in _KEPT))
)
guard, unguard = _TRIGGERS.guard, _TRIGGERS.unguard
