"""Somebody who opens every page and sends every form that is found, and what went wrong on the way."""

from __future__ import annotations

import io
import re
import traceback
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.http import Http404, HttpResponseBase, StreamingHttpResponse
from django.test import Client
from django.urls import resolve

from ongedeeld.web.accounts.models import Person
from tests.web.steady.odd import ODD, SCRIPT, filled
from tests.web.steady.pages import Form, Page

LEFT_OUT = frozenset({"account_logout"})
"""What would end the visit."""
TRACE = re.compile(r"Traceback|\bline \d+, in |site-packages|/src/ongedeeld/")
PASSWORD = re.compile(r"(argon2|pbkdf2_sha256|md5)\$")
Enter = Callable[[Client], None]


def signed_in(person: Person) -> Enter:
    """Lets a colleague sign in."""

    def enter(client: Client) -> None:
        if SESSION_KEY not in client.session:
            client.force_login(person)

    return enter


@dataclass
class Crawl:
    """A visit of all that can be reached.

    Parameters
    ----------
    enter
        Lets somebody in, in a browser in which they are not, or not any more.
    hidden
        Words that must not be shown.
    keys
        Keys of what is other people's, to be tried in forms.
    pages, turns
        How many pages of a kind are opened, and how often a form of a kind is sent.
    most
        How many pages of one name are opened, whatever they are asked.
    altered
        Of how many pages one is also opened with something odd in its address.
    within
        How the path begins of all that is opened.
    without
        How the names begin of pages that are not opened.
    in_parts
        Whether each page is also asked for as the part of it that another takes in.
    """

    enter: Enter
    hidden: frozenset[str]
    keys: list[str]
    pages: int
    turns: int
    most: int
    altered: int
    within: str = "/"
    without: tuple[str, ...] = ()
    in_parts: bool = False
    wrong: set[str] = field(default_factory=set)
    opened: Counter[str] = field(default_factory=Counter)
    sent: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance = Random(7)  # noqa: S311 - a crawl that can be repeated
        self._client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        self._waiting: deque[str] = deque()
        self._defects: list[str] = []
        self._named: Counter[str] = Counter()

    def walk(self, begin: Iterable[str], of_others: Iterable[str] = ()) -> None:
        """Open these pages, and on from there all that they lead to; after a look at those of others."""
        got_request_exception.connect(self._defect)
        try:
            for address in of_others:
                self._page("get", address)
            self._waiting.extend(begin)
            while self._waiting:
                self._open(self._waiting.popleft())
        finally:
            got_request_exception.disconnect(self._defect)

    def _defect(self, **_: object) -> None:
        self._defects.append(traceback.format_exc(limit=-3))

    def _open(self, address: str) -> None:
        kind = _kind(address)
        if kind is None or self.opened[kind] >= self.pages:
            return
        name = kind.split()[0]
        is_within = urlsplit(address).path.startswith(self.within) and not name.startswith(self.without)
        if self._named[name] >= self.most or not is_within:
            return
        self._named[name] += 1
        self.opened[kind] += 1
        page = self._page("get", address)
        for link in page.links:
            self._waiting.append(urljoin(address, link))
        for form in page.forms:
            self._send(urljoin(address, form.action), form)
        if self.opened[kind] == 1 and not self._chance.randrange(self.altered):
            self._alter(address)
        if self.in_parts:
            self._page("get", address, headers={"HX-Request": "true"})

    def _alter(self, address: str) -> None:
        """The same address with something odd in its path, and in its question."""
        path, _, asked = address.partition("?")
        odd = quote(self._chance.choice(ODD)[:2000], safe="")
        parts = path.rstrip("/").split("/")
        if len(parts) > 2:
            self._page("get", "/".join([*parts[:-1], odd, ""]))
        for name in parse_qs(asked):
            self._page("get", path, {name: self._chance.choice((*ODD, *self.keys))})

    def _send(self, address: str, form: Form) -> None:
        kind = f"{form.method} {_kind(address)} {' '.join(sorted(form.fields))}"
        if _kind(address) in {None, *LEFT_OUT}:
            return
        # What is filled in well may end what the form is of: so it does not always come first.
        for turn in self._chance.sample(range(self.turns), self.turns):
            if self.sent[kind] >= self.turns * self.pages:
                return
            self.sent[kind] += 1
            values: dict[str, Any] = dict(filled(form, turn, self._chance, self.keys))
            for one in form.fields.values():
                if one.kind == "file":
                    odd = self._chance.choice(ODD)
                    values[one.name] = SimpleUploadedFile(f"complexes{odd[:40]}.csv", odd.encode())
            page = self._page(form.method, address, values)
            for link in page.links:
                self._waiting.append(urljoin(address, link))

    def _page(
        self,
        method: str,
        address: str,
        values: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Page:
        """The page that answers; what is wrong with it is written down."""
        cache.clear()  # in which it stands how often somebody asked
        self.enter(self._client)
        ask = self._client.get if method == "get" else self._client.post
        answer = ask(address, values, follow=False, headers=headers)
        text = _text(answer)
        told = f"{method} {_kind(address) or address[:80]} {answer.status_code}"
        if answer.status_code >= 500:
            asked = {name: str(value)[:40] for name, value in (values or {}).items()}
            self.wrong.add(f"{told} {asked} {self._defects[-1:]}")
        self._judge(told, answer, text)
        target = answer.headers.get("Location")
        if target and urlsplit(target).hostname in (None, "localhost"):
            self._waiting.append(urljoin(address, target))
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        return Page(text if is_page else "")

    def _judge(self, told: str, answer: HttpResponseBase, text: str) -> None:
        is_page = answer.headers.get("Content-Type", "").startswith("text/html")
        if is_page and SCRIPT in text:
            self.wrong.add(f"{told}: runs what was typed")
        if TRACE.search(text):
            self.wrong.add(f"{told}: shows where the code failed")
        if PASSWORD.search(text):
            self.wrong.add(f"{told}: shows a password")
        self.wrong |= {f"{told}: shows {word}" for word in self.hidden if word in text}


def _kind(address: str) -> str | None:
    """The name of a page and what is asked of it; nothing for an address of elsewhere or of no page."""
    parts = urlsplit(address)
    if parts.scheme not in ("", "http") or parts.hostname not in (None, "localhost"):
        return None
    with suppress(Http404):
        return " ".join([resolve(parts.path).view_name, *sorted(parse_qs(parts.query))])
    return None


def _text(answer: HttpResponseBase) -> str:
    """All that an answer says, also inside a document."""
    if isinstance(answer, StreamingHttpResponse):
        content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    else:
        content = answer.content  # type: ignore[attr-defined]
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode("utf-8", "replace")
