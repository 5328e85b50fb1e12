"""Triggers with which the database itself keeps the history of signals as it was written.

What happened cannot be changed: only what is sealed in it can be sealed anew, with another key. It goes
together with its whole signal, which is emptied first (see `models.SignalQuerySet.delete`), and never alone.
"""

from __future__ import annotations

from ongedeeld.web.audit.triggers import Triggers

_FIXED = ("id", "key", "signal_id", "at", "actor", "step", "before", "after", "ground")
_FIXED_COLUMNS = ", ".join(f'"{column}"' for column in _FIXED)
_SEALED = ("sealed", "answer")

_SAME_KEY_IN_SQLITE = " OR ".join(
    f"(NEW.{column} <> OLD.{column} AND (OLD.{column} = '' OR substr(NEW.{column}, 1, {end}) = "
    f"substr(OLD.{column}, 1, {end})))"
    for column in _SEALED
    for end in (f"instr(substr(OLD.{column}, 3), '.') + 2",)
)
_SAME_KEY_IN_POSTGRESQL = " OR ".join(
    f"(NEW.{column} <> OLD.{column} AND (OLD.{column} = '' OR "
    f"split_part(NEW.{column}, '.', 2) IN ('', split_part(OLD.{column}, '.', 2))))"
    for column in _SEALED
)

_SQLITE = {
    "signal_event_stays": f"""
        CREATE TRIGGER signal_event_stays BEFORE UPDATE OF {_FIXED_COLUMNS} ON signals_signalevent
        BEGIN SELECT RAISE(ABORT, 'what happened to a signal cannot be changed'); END""",
    "signal_event_says": f"""
        CREATE TRIGGER signal_event_says BEFORE UPDATE OF sealed, answer ON signals_signalevent
        WHEN {_SAME_KEY_IN_SQLITE} OR (NEW.sealed = '') <> (OLD.sealed = '')
            OR (NEW.answer = '') <> (OLD.answer = '')
        BEGIN SELECT RAISE(ABORT, 'what was said of a signal can only be sealed anew'); END""",
    # REPLACE deletes without asking the trigger below.
    "signal_event_once": """
        CREATE TRIGGER signal_event_once BEFORE INSERT ON signals_signalevent
        WHEN EXISTS (SELECT 1 FROM signals_signalevent WHERE id = NEW.id OR "key" = NEW."key")
        BEGIN SELECT RAISE(ABORT, 'what happened to a signal cannot be replaced'); END""",
    "signal_event_kept": """
        CREATE TRIGGER signal_event_kept BEFORE DELETE ON signals_signalevent
        WHEN EXISTS (SELECT 1 FROM signals_signal WHERE id = OLD.signal_id AND sealed <> '')
        BEGIN SELECT RAISE(ABORT, 'the history of a signal goes with the whole signal'); END""",
}

_POSTGRESQL = (
    """
    CREATE FUNCTION signal_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'what happened to a signal cannot be changed'; END $$""",
    f"""
    CREATE FUNCTION signal_event_seal() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF {_SAME_KEY_IN_POSTGRESQL} THEN
            RAISE EXCEPTION 'what was said of a signal can only be sealed anew';
        END IF;
        RETURN NEW;
    END $$""",
    """
    CREATE FUNCTION signal_event_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM signals_signal WHERE id = OLD.signal_id AND sealed <> '') THEN
            RAISE EXCEPTION 'the history of a signal goes with the whole signal';
        END IF;
        RETURN OLD;
    END $$""",
    f"""CREATE TRIGGER signal_event_stays BEFORE UPDATE OF {_FIXED_COLUMNS} ON signals_signalevent
        FOR EACH ROW EXECUTE FUNCTION signal_event_refuse()""",
    """CREATE TRIGGER signal_event_says BEFORE UPDATE OF sealed, answer ON signals_signalevent
       FOR EACH ROW EXECUTE FUNCTION signal_event_seal()""",
    """CREATE TRIGGER signal_event_kept BEFORE DELETE ON signals_signalevent
       FOR EACH ROW EXECUTE FUNCTION signal_event_keep()""",
    """CREATE TRIGGER signal_event_whole BEFORE TRUNCATE ON signals_signalevent
       FOR EACH STATEMENT EXECUTE FUNCTION signal_event_refuse()""",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL, ("signal_event_refuse", "signal_event_seal", "signal_event_keep"))
guard, unguard = _TRIGGERS.guard, _TRIGGERS.unguard
