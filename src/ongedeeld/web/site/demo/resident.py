"""The resident of the demo: an invented life in a vault that everybody may open, with one step shared."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from ongedeeld.web.accounts.models import Person
from ongedeeld.web.residents.models import Lock, Vault
from ongedeeld.web.residents.sharing import copies
from ongedeeld.web.residents.sharing.contents import taken
from ongedeeld.web.residents.vault import invitations, items, vaults
from ongedeeld.web.residents.vault.bodies import NewLock, Showing, Written
from ongedeeld.web.residents.vault.openings import end_all
from ongedeeld.web.site.demo.sealed_life import KEY_BYTES, Card, sealed_item

CARD = Card(
    "card",
    bytes.fromhex("ea85af1b34ff593c5fb49749f39c9c3b"),
    "viool besje waakhond sommige zwembad inwoner selderij vlot najaar cijfer echter chef eigen groot",
)
SECOND = Card(
    "recovery",
    bytes.fromhex("f7c6a2b6cbd78c8d1391a3ac8d92ce52"),
    "woensdag bitter dadel prent tegel dochter stip vakantie orkest prairie tennis proces glans geld",
)
SENDER = "Nadia, van de Modelstraat"
FIRST_STEP = timedelta(days=6)
SHARED_FOR = timedelta(days=60)

# Words of an invented resident: as in real life they stand in the language of who wrote them.
_ISSUE, _SUPERMARKET, _ALLOWANCE, _ARREARS, _TEAM = (UUID(int=number, version=4) for number in range(1, 6))
STEP = {
    "what": "Samen de brief van de toeslagen lezen en bezwaar maken",
    "who": "Samira en ik",
    "state": "to_do",
    "obstacle": "De toeslag telt het loon van mijn zoon nog mee",
}
LIFE: tuple[tuple[UUID | None, dict[str, Any]], ...] = (
    (
        _TEAM,
        {"kind": "organisation", "name": "Wijkteam", "lane": "care", "from": "2023-03", "waitedDays": 40},
    ),
    (
        None,
        {
            "kind": "event",
            "title": "Eigen woning",
            "lane": "housing",
            "from": "2016-09",
            "effect": "helped",
            "turning": True,
            "felt": "Voor het eerst een deur die van mij was.",
        },
    ),
    (
        _SUPERMARKET,
        {
            "kind": "event",
            "title": "Meer uren in de supermarkt",
            "lane": "work",
            "from": "2022-05",
            "effect": "helped",
            "turning": False,
            "felt": "Trots, en moe.",
        },
    ),
    (
        _ALLOWANCE,
        {
            "kind": "event",
            "title": "Toeslag teruggevorderd",
            "lane": "benefits",
            "from": "2023-01",
            "effect": "trapped",
            "turning": True,
            "felt": "Ik werkte meer en hield minder over.",
            "mattered": "Niemand kon zeggen waar ik moest zijn.",
        },
    ),
    (
        _ARREARS,
        {
            "kind": "event",
            "title": "Twee maanden huur achter",
            "lane": "housing",
            "from": "2023-04",
            "effect": "hindered",
            "turning": False,
        },
    ),
    (
        None,
        {
            "kind": "event",
            "title": "Koffie met de buurvrouw",
            "lane": "care",
            "from": "2023-06",
            "organisation": str(_TEAM),
            "effect": "helped",
            "turning": False,
            "felt": "Zij wist de weg.",
        },
    ),
    (
        None,
        {"kind": "influence", "from": str(_SUPERMARKET), "to": str(_ALLOWANCE), "how": "trapped"},
    ),
    (None, {"kind": "influence", "from": str(_ALLOWANCE), "to": str(_ARREARS), "how": "hindered"}),
    (None, {"kind": "value", "words": "Dat mijn kinderen hier kunnen blijven.", "theme": "safety"}),
    (None, {"kind": "value", "words": "Dat de buren mijn naam weten.", "theme": "known"}),
    (None, {"kind": "strength", "words": "Ik kan goed koken voor veel mensen."}),
    (None, {"kind": "person", "name": "Mijn buurvrouw", "words": "Zij leest mee met brieven."}),
    (_ISSUE, {"kind": "issue", "title": "De toeslag klopt niet", "domain": "benefits", "state": "working"}),
    (None, {"kind": "plan", "first": "Weten waar ik aan toe ben", "coordinator": "association"}),
)


def life_kept(consultant: Person, now: datetime, today: date) -> None:
    """Make the vault of the demo where its card opens none, such as after a visitor made a new card."""
    if Lock.objects.filter(locator=CARD.locator).exists():
        return
    Lock.objects.filter(locator=SECOND.locator).delete()
    token = invitations.invite(None, actor=consultant, now=now)
    key, vault_key = os.urandom(KEY_BYTES), uuid4()
    locks = [
        NewLock(card.kind, Showing(card.locator, card.proof), card.wrapped(key, vault_key))
        for card in (CARD, SECOND)
    ]
    vaults.begin(token, vault_key, locks, elsewhere=True, now=now, today=today)
    vault = Vault.objects.get(key=vault_key)
    end_all(vault)  # nobody sits at the device on which it was made
    step_key = uuid4()
    step = {"kind": "step", "issue": str(_ISSUE), **STEP, "by": (today + FIRST_STEP).isoformat()}
    things = [*LIFE, (step_key, step), (None, _wish(today))]
    kept = [(one or uuid4(), content) for one, content in things]
    written = [Written(one, 1, sealed_item(key, vault_key, one, content, now)) for one, content in kept]
    items.put(vault, written, now)
    _shared(vault, step_key, step, consultant, now, today)


def _wish(today: date) -> dict[str, Any]:
    words = "Over een jaar slaap ik weer door als er een brief komt."
    return {"kind": "wish", "words": words, "domain": "benefits", "written": today.isoformat()}


def _shared(
    vault: Vault, key: UUID, step: dict[str, Any], consultant: Person, now: datetime, today: date
) -> None:
    """The step, as the resident shares it with the consultant: with its issue in words."""
    told = {name: step[name] for name in ("what", "who", "by", "state", "obstacle")}
    copy = taken("step", {**told, "issue": "De toeslag klopt niet", "domain": "benefits"}, SENDER)
    grant = copies.Grant("person", consultant.key, "help", today + SHARED_FOR)
    copies.share(vault, key, copy, grant, now=now, today=today)
