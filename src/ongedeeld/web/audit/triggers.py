"""Triggers with which a database itself refuses to change what was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Triggers:
    """What both databases are told.

    Parameters
    ----------
    sqlite
        The statement of each trigger, by the name of the trigger.
    postgresql
        The statements that make functions and triggers, in order.
    functions
        The names of these functions; the triggers go with them.
    """

    sqlite: Mapping[str, str]
    postgresql: Sequence[str]
    functions: Sequence[str]

    def guard(self, connection: BaseDatabaseWrapper) -> None:
        """Let the database refuse from here on.

        Raises
        ------
        NotImplementedError
            On a database that is neither SQLite nor PostgreSQL.
        """
        if connection.vendor not in {"sqlite", "postgresql"}:
            raise NotImplementedError(f"what was written is not guarded on {connection.vendor}")
        with connection.cursor() as cursor:
            for statement in self.sqlite.values() if connection.vendor == "sqlite" else self.postgresql:
                cursor.execute(statement)

    def unguard(self, connection: BaseDatabaseWrapper) -> None:
        """Undo :meth:`guard`: for going back to before the migration, and for emptying a test database."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                for name in self.sqlite:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            else:
                cursor.execute(f"DROP FUNCTION IF EXISTS {', '.join(self.functions)} CASCADE")
