"""Triggers with which the database itself keeps the record as it was written.

An entry cannot be changed. It can be deleted only when a removal says that everything before a moment goes
and the entry is from before it; a removal cannot be changed or deleted, nor reach into the last year.
PostgreSQL refuses TRUNCATE too; SQLite has none.
"""

from __future__ import annotations

from ongedeeld.web.audit.triggers import Triggers

SHORTEST_TERM_DAYS = 365
"""Nothing younger can be removed, whatever term is set: who was looked at must have time to ask."""

_SQLITE = {
    "audit_entry_stays": """
        CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'an entry of the audit record cannot be changed'); END""",
    # REPLACE deletes without asking the trigger below.
    "audit_entry_once": """
        CREATE TRIGGER audit_entry_once BEFORE INSERT ON audit_entry
        WHEN EXISTS (SELECT 1 FROM audit_entry WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'an entry of the audit record cannot be replaced'); END""",
    "audit_entry_kept": """
        CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
        WHEN NOT EXISTS (SELECT 1 FROM audit_removal WHERE OLD.at < before)
        BEGIN SELECT RAISE(ABORT, 'an entry of the audit record cannot be deleted'); END""",
    "audit_removal_stays": """
        CREATE TRIGGER audit_removal_stays BEFORE UPDATE ON audit_removal
        BEGIN SELECT RAISE(ABORT, 'a removal cannot be changed'); END""",
    "audit_removal_once": """
        CREATE TRIGGER audit_removal_once BEFORE INSERT ON audit_removal
        WHEN EXISTS (SELECT 1 FROM audit_removal WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'a removal cannot be replaced'); END""",
    "audit_removal_kept": """
        CREATE TRIGGER audit_removal_kept BEFORE DELETE ON audit_removal
        BEGIN SELECT RAISE(ABORT, 'a removal cannot be deleted'); END""",
    "audit_removal_old": f"""
        CREATE TRIGGER audit_removal_old BEFORE INSERT ON audit_removal
        WHEN julianday(NEW.before) > julianday('now', '-{SHORTEST_TERM_DAYS} days')
        BEGIN SELECT RAISE(ABORT, 'the audit record of the last year cannot be removed'); END""",
}

_POSTGRESQL = (
    """
    CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the audit record cannot be changed or deleted'; END $$""",
    """
    CREATE FUNCTION audit_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM audit_removal WHERE OLD.at < before) THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'an entry of the audit record cannot be deleted';
    END $$""",
    f"""
    CREATE FUNCTION audit_old() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.before <= now() - interval '{SHORTEST_TERM_DAYS} days' THEN RETURN NEW; END IF;
        RAISE EXCEPTION 'the audit record of the last year cannot be removed';
    END $$""",
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_entry_kept BEFORE DELETE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_keep()""",
    """CREATE TRIGGER audit_entry_whole BEFORE TRUNCATE ON audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_removal_stays BEFORE UPDATE OR DELETE ON audit_removal
       FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_removal_whole BEFORE TRUNCATE ON audit_removal
       FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    """CREATE TRIGGER audit_removal_old BEFORE INSERT ON audit_removal
       FOR EACH ROW EXECUTE FUNCTION audit_old()""",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL, ("audit_refuse", "audit_keep", "audit_old"))
guard, unguard = _TRIGGERS.guard, _TRIGGERS.unguard
