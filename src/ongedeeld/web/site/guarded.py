"""A process that ends when the one that started it is gone, however that came about."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable

_EVERY = 1.0


def when_alone(parent: int, end: Callable[[], None]) -> None:
    """Call `end` once the process with this number is no longer the one that started this one.

    Parameters
    ----------
    parent
        The number of the process that started this one, as that one knows it.
    end
        What to do then; called from a thread of its own.
    """

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_EVERY)
        end()

    threading.Thread(target=watch, name="when-alone", daemon=True).start()


def ask_to_end() -> None:
    """Let this process end as if somebody had asked it to."""
    os.kill(os.getpid(), signal.SIGTERM)
