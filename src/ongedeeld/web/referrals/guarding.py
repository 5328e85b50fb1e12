"""Triggers with which the database itself keeps what was told on which ground, and what was done.

An item keeps its ground, article, and how and when the resident was asked; it can only be taken back, once,
and what was emptied stays empty. A step of the history never changes. Both go with their whole referral
alone, which is emptied first (see `removing`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ongedeeld.web.audit.triggers import Triggers

_FIXED = {
    "referrals_told": (
        "id, key, referral_id, kind, ground, article, asked, asked_on, told_free, share, made_at, made_by, "
        "until_day"
    ),
    "referrals_referralevent": "id, referral_id, at, actor, side, step, about",
}
"""Each table with the columns that never change."""
_TAKEN_BACK = (
    "(OLD.withdrawn_at IS NOT NULL OR OLD.sealed = '') AND (NEW.withdrawn_at IS NULL OR NEW.sealed <> '')"
)
"""What would give back what was taken back."""


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
            WHEN EXISTS (SELECT 1 FROM referrals_referral WHERE id = OLD.referral_id AND home <> '')
            BEGIN SELECT RAISE(ABORT, 'what was told and done goes with its whole referral'); END""",  # noqa: S608 - idem
        )
    yield (
        "referrals_told_gone",
        f"""CREATE TRIGGER referrals_told_gone BEFORE UPDATE ON referrals_told
        WHEN {_TAKEN_BACK}
        BEGIN SELECT RAISE(ABORT, 'what was taken back stays so'); END""",
    )


def _postgresql() -> Iterator[str]:
    yield """CREATE FUNCTION referrals_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what was told and done cannot be changed'; END $$"""
    yield """CREATE FUNCTION referrals_keep() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (SELECT 1 FROM referrals_referral WHERE id = OLD.referral_id AND home <> '') THEN
                RAISE EXCEPTION 'what was told and done goes with its whole referral';
            END IF;
            RETURN OLD;
        END $$"""
    for table in _FIXED:
        yield f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OF {_columns(table)} ON {table}
            FOR EACH ROW EXECUTE FUNCTION referrals_refuse()"""
        yield f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION referrals_keep()"""
        yield f"""CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION referrals_refuse()"""
    yield f"""CREATE TRIGGER referrals_told_gone BEFORE UPDATE ON referrals_told
        FOR EACH ROW WHEN ({_TAKEN_BACK}) EXECUTE FUNCTION referrals_refuse()"""


_TRIGGERS = Triggers(dict(_sqlite()), tuple(_postgresql()), ("referrals_refuse", "referrals_keep"))
guard, unguard = _TRIGGERS.guard, _TRIGGERS.unguard
