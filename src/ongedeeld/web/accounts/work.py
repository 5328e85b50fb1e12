"""The work of this app: letters, which no page waits for.

One that was sent by a worker that ended at that moment may come twice.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ongedeeld.errors import N_
from ongedeeld.web.accounts.letters import WRITE, deliver
from ongedeeld.web.accounts.mails import INVITE, deliver_invitation
from ongedeeld.web.jobs.kinds import job
from ongedeeld.web.jobs.running import Run

ATTEMPTS = 12
"""The last is made almost six hours after the first."""


@job(WRITE, N_("send a letter that there is something to read"), attempts=ATTEMPTS, quiet=True)
def write_letter(run: Run, *, person: str, subject: str, line: str, address: str) -> dict[str, Any]:
    """Send one letter to somebody who works here."""
    return {"sent": deliver(UUID(person), subject, line, address)}


@job(INVITE, N_("send an invitation"), attempts=ATTEMPTS, quiet=True)
def write_invitation(run: Run, *, person: str, inviter: str, site: str) -> dict[str, Any]:
    """Send somebody the link by which they come in."""
    return {"sent": deliver_invitation(UUID(person), UUID(inviter), site)}
