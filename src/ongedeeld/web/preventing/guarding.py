"""Triggers with which the database itself keeps what was done as it was written.

What was tried, and the log of arrears, cannot be changed: only what is sealed in them can be sealed anew.
They go together with their whole record, which is emptied first (see `removing`), and never alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from ongedeeld.web.audit.triggers import Triggers

_KEPT = {
    "preventing_tried": (
        "preventing_case",
        "case_id",
        "id, key, case_id, at, actor, day, what, by, result, how, from_arrears",
    ),
    "preventing_arrearsevent": ("preventing_arrears", "arrears_id", "id, arrears_id, at, actor, step, about"),
}
"""Each table with what it belongs to, by which column, and the columns that never change."""


def _sqlite() -> Iterator[tuple[str, str]]:
    for table, (parent, column, fixed) in _KEPT.items():
        columns = ", ".join(f'"{name}"' for name in fixed.split(", "))
        yield (
            f"{table}_stays",
            f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OF {columns} ON {table}
            BEGIN SELECT RAISE(ABORT, 'what was done cannot be changed'); END""",
        )
        # REPLACE deletes without asking the trigger below.
        yield (
            f"{table}_once",
            f"""CREATE TRIGGER {table}_once BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'what was done cannot be replaced'); END""",  # noqa: S608 - names of above
        )
        yield (
            f"{table}_kept",
            f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            WHEN EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{column} AND sealed <> '')
            BEGIN SELECT RAISE(ABORT, 'what was done goes with its whole record'); END""",  # noqa: S608 - idem
        )


def _postgresql() -> Iterator[str]:
    yield """CREATE FUNCTION preventing_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'what was done cannot be changed'; END $$"""
    for table, (parent, column, fixed) in _KEPT.items():
        columns = ", ".join(f'"{name}"' for name in fixed.split(", "))
        yield f"""CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF EXISTS (SELECT 1 FROM {parent} WHERE id = OLD.{column} AND sealed <> '') THEN
                    RAISE EXCEPTION 'what was done goes with its whole record';
                END IF;
                RETURN OLD;
            END $$"""  # noqa: S608 - names of above
        yield f"""CREATE TRIGGER {table}_stays BEFORE UPDATE OF {columns} ON {table}
            FOR EACH ROW EXECUTE FUNCTION preventing_refuse()"""
        yield f"""CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_keep()"""
        yield f"""CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION preventing_refuse()"""


_TRIGGERS = Triggers(
    dict(_sqlite()), tuple(_postgresql()), ("preventing_refuse", *(f"{table}_keep" for table in _KEPT))
)
guard, unguard = _TRIGGERS.guard, _TRIGGERS.unguard
