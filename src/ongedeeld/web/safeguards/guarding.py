"""Triggers with which the database itself keeps the processing log and the ledger as they were written.

A line of the log cannot be changed, but for sealing its subject under another key, nor deleted before a year
has gone by; a line of the ledger cannot be changed or deleted at all.
"""

from __future__ import annotations

from ongedeeld.web.audit.triggers import Triggers

SHORTEST_TERM_DAYS = 365
_FIXED = 'trace, operation, parent, status, name, activity, start, "end", subject_key'

_SQLITE = {
    "processed_stays": f"""
        CREATE TRIGGER processed_stays BEFORE UPDATE OF id, {_FIXED} ON safeguards_processed
        BEGIN SELECT RAISE(ABORT, 'a line of the processing log cannot be changed'); END""",
    # REPLACE deletes without asking the triggers below.
    "processed_once": """
        CREATE TRIGGER processed_once BEFORE INSERT ON safeguards_processed
        WHEN EXISTS (SELECT 1 FROM safeguards_processed WHERE id = NEW.id OR operation = NEW.operation)
        BEGIN SELECT RAISE(ABORT, 'a line of the processing log cannot be replaced'); END""",
    "processed_kept": f"""
        CREATE TRIGGER processed_kept BEFORE DELETE ON safeguards_processed
        WHEN julianday(OLD.start) > julianday('now', '-{SHORTEST_TERM_DAYS} days')
        BEGIN SELECT RAISE(ABORT, 'a line of the processing log cannot be deleted yet'); END""",
    "removed_stays": """
        CREATE TRIGGER removed_stays BEFORE UPDATE ON safeguards_removed
        BEGIN SELECT RAISE(ABORT, 'the ledger of what was removed cannot be changed'); END""",
    "removed_once": """
        CREATE TRIGGER removed_once BEFORE INSERT ON safeguards_removed
        WHEN EXISTS (SELECT 1 FROM safeguards_removed WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the ledger of what was removed cannot be replaced'); END""",
    "removed_kept": """
        CREATE TRIGGER removed_kept BEFORE DELETE ON safeguards_removed
        BEGIN SELECT RAISE(ABORT, 'the ledger of what was removed cannot be deleted'); END""",
}

_POSTGRESQL = (
    """
    CREATE FUNCTION safeguards_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the processing log and the ledger cannot be changed or deleted'; END $$""",
    f"""
    CREATE FUNCTION safeguards_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.start <= now() - interval '{SHORTEST_TERM_DAYS} days' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'a line of the processing log cannot be deleted yet';
    END $$""",
    f"""CREATE TRIGGER processed_stays BEFORE UPDATE OF id, {_FIXED} ON safeguards_processed
       FOR EACH ROW EXECUTE FUNCTION safeguards_refuse()""",
    """CREATE TRIGGER processed_kept BEFORE DELETE ON safeguards_processed
       FOR EACH ROW EXECUTE FUNCTION safeguards_keep()""",
    """CREATE TRIGGER processed_whole BEFORE TRUNCATE ON safeguards_processed
       FOR EACH STATEMENT EXECUTE FUNCTION safeguards_refuse()""",
    """CREATE TRIGGER removed_stays BEFORE UPDATE OR DELETE ON safeguards_removed
       FOR EACH ROW EXECUTE FUNCTION safeguards_refuse()""",
    """CREATE TRIGGER removed_whole BEFORE TRUNCATE ON safeguards_removed
       FOR EACH STATEMENT EXECUTE FUNCTION safeguards_refuse()""",
)

_TRIGGERS = Triggers(_SQLITE, _POSTGRESQL, ("safeguards_refuse", "safeguards_keep"))
guard, unguard = _TRIGGERS.guard, _TRIGGERS.unguard
