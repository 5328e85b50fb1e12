"""Triggers with which the database itself keeps who looked at what a resident shared.

A look cannot be changed. It goes together with what was looked at, which is emptied first, and never alone.
"""

from __future__ import annotations

from ongedeeld.web.audit.triggers import Triggers

_FIXED = "id, share_id, person, at"

_SQLITE = {
    "residents_look_stays": f"""
        CREATE TRIGGER residents_look_stays BEFORE UPDATE OF {_FIXED} ON residents_look
        BEGIN SELECT RAISE(ABORT, 'that somebody looked cannot be changed'); END""",
    # REPLACE deletes without asking the trigger below.
    "residents_look_once": """
        CREATE TRIGGER residents_look_once BEFORE INSERT ON residents_look
        WHEN EXISTS (SELECT 1 FROM residents_look WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'that somebody looked cannot be replaced'); END""",
    "residents_look_kept": """
        CREATE TRIGGER residents_look_kept BEFORE DELETE ON residents_look
        WHEN EXISTS (SELECT 1 FROM residents_share WHERE id = OLD.share_id AND sealed <> '')
        BEGIN SELECT RAISE(ABORT, 'that somebody looked goes with what they read'); END""",
}

_POSTGRESQL = (
    """
    CREATE FUNCTION residents_look_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'that somebody looked cannot be changed'; END $$""",
    """
    CREATE FUNCTION residents_look_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM residents_share WHERE id = OLD.share_id AND sealed <> '') THEN
            RAISE EXCEPTION 'that somebody looked goes with what they read';
        END IF;
        RETURN OLD;
    END $$""",
    f"""CREATE TRIGGER residents_look_stays BEFORE UPDATE OF {_FIXED} ON residents_look
       FOR EACH ROW EXECUTE FUNCTION residents_look_refuse()""",
    """CREATE TRIGGER residents_look_kept BEFORE DELETE ON residents_look
       FOR EACH ROW EXECUTE FUNCTION residents_look_keep()""",
    """CREATE TRIGGER residents_look_whole BEFORE TRUNCATE ON residents_look
       FOR EACH STATEMENT EXECUTE FUNCTION residents_look_refuse()""",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL, ("residents_look_refuse", "residents_look_keep"))
guard, unguard = _TRIGGERS.guard, _TRIGGERS.unguard
