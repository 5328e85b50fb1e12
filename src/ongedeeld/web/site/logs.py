"""What the log tells: when, where and what kind of thing went wrong; nothing about people.

The message of an exception may hold what somebody typed, and so does what follows a question mark in an
address: both are left out. An e-mail address is, wherever it stands.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_QUERY = re.compile(r"(/[^\s?]*)\?\S+")
_LINK = re.compile(r"(/antwoord/)(?!lezen/)[\w-]+")
"""A link with which a partner answers a referral: whoever reads it in a log could ask for its code."""


class Discreet(logging.Formatter):
    """One line for each message, and for an exception where it came from, without its words."""

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The kind of the exception and the lines of code that it passed."""
        kind, _, passed = ei
        if kind is None:
            return ""
        lines = (f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(passed))
        return "\n".join([f"  {kind.__module__}.{kind.__qualname__}", *(f"  {line}" for line in lines)])

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told = _LINK.sub(r"\1…", _ADDRESS.sub("<e-mail>", super().format(record)))
        return _QUERY.sub(r"\1?…", told)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "ongedeeld.web.site.logs.Discreet",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "ongedeeld": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django_tasks": {"level": "ERROR"},
        "django_tasks_db": {"level": "ERROR"},
    },
}
"""For Django's setting of this name: everything goes to standard error, for the service manager to keep."""
