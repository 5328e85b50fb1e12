"""Ask hosts for files: with patience, going on where a download broke off, never twice for the same file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from ongedeeld.errors import N_, FetchError
from ongedeeld.sources.fetching.cache import Cache

Progress = Callable[[str, int, int | None], None]

TRIES = 4
TRIES_OFFLINE = 2
FIRST_PAUSE = 1.0
# A try that brings less than this many bytes is no progress, and no file or series of pages goes on for ever.
LEAST_GAIN = 65_536
MOST_BYTES = 4 * 2**30
MOST_PAGES = 1_000
TIMEOUT = httpx.Timeout(60, connect=15)
UNREACHABLE = N_("{host} could not be reached in {tries} tries ({detail})")
FAILING = N_("{host} gave no good answer in {tries} tries ({detail})")
LATER = N_("try again later: what was fetched is kept and is not downloaded again")


class AbsentThereError(FetchError):
    """The host answers that it has no such file."""


class _AgainError(Exception):
    """The host gave an answer that may be better next time."""


class Client:
    """Downloads files into a cache.

    Parameters
    ----------
    cache
        Where whole files, and parts to go on from, are kept.
    progress
        Told what is being downloaded, how many bytes have come, and how many there will be if that is known.
    pause
        Waits a number of seconds between tries; each pause is twice as long as the one before.
    """

    def __init__(self, cache: Cache, progress: Progress | None, pause: Callable[[float], None]) -> None:
        self.cache = cache
        self._progress = progress or _say_nothing
        self._pause = pause
        self._down: dict[str, tuple[str, int]] = {}
        # Parts are counted in bytes as sent, so nothing may be compressed on the way.
        headers = {"Accept-Encoding": "identity", "User-Agent": "ongedeeld"}
        self._http = httpx.Client(timeout=TIMEOUT, follow_redirects=True, headers=headers)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def file(self, url: str, what: str) -> Path:
        """The file at an address, in the cache.

        Raises
        ------
        AbsentThereError
            When the host has no such file.
        FetchError
            When the host cannot be reached or keeps failing; the part that came is kept.
        """
        host = urlsplit(url).netloc
        if host in self._down:
            raise _gave_up(UNREACHABLE, host, *self._down[host])
        # Where another host is down as well, it is the connection: ask no longer than to be sure.
        most = TRIES_OFFLINE if self._down else TRIES
        tries, furthest = 0, 0
        self._progress(what, 0, None)
        while True:
            try:
                return self._try(url, what)
            except (httpx.TransportError, _AgainError) as error:
                part = self.cache.part(url)
                size = part.stat().st_size if part.is_file() else 0
                # As long as a long download gets further, it is worth going on with.
                tries = 1 if size >= furthest + LEAST_GAIN else tries + 1
                furthest = max(size, furthest)
                detail = str(error) or type(error).__name__
                if tries >= TRIES and isinstance(error, _AgainError):
                    raise _gave_up(FAILING, host, detail) from error
                if tries >= most and not isinstance(error, _AgainError):
                    self._down[host] = (detail, tries)
                    raise _gave_up(UNREACHABLE, host, detail, tries) from error
                self._pause(FIRST_PAUSE * 2 ** (tries - 1))
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _refused(host, str(error)) from error

    def json(self, url: str, what: str) -> Any:
        """The json at an address.

        Raises
        ------
        FetchError
            As for :meth:`file`, and when the answer is not json.
        """
        content = self.file(url, what).read_bytes()
        try:
            return json.loads(content)
        except (ValueError, RecursionError) as error:
            self.cache.drop(url)
            raise _not_json(url, page=content.lstrip().startswith(b"<")) from error

    def pages(self, url: str, what: str, link_in: Callable[[Any], object]) -> Iterator[tuple[str, Any]]:
        """The json at an address and at those that `link_in` finds in each answer, with their addresses.

        Raises
        ------
        FetchError
            As for :meth:`json`, and when there is no end to the pages.
        """
        seen: set[str] = set()
        page: str | None = url
        while page and page not in seen:
            if len(seen) == MOST_PAGES:
                raise _refused(urlsplit(url).netloc, f"> {MOST_PAGES} pages")
            seen.add(page)
            answer = self.json(page, what)
            yield page, answer
            link = link_in(answer)
            page = next_page(page, link) if isinstance(link, str) and link else None

    def _try(self, url: str, what: str) -> Path:
        kept = self.cache.get(url)
        headers = _if_changed(kept.facts) if kept else {}
        start = 0
        if validator := self.cache.part_facts(url).get("validator"):
            start = self.cache.part(url).stat().st_size
            headers = {"Range": f"bytes={start}-", "If-Range": validator}
        with self._http.stream("GET", url, headers=headers) as response:
            if kept and response.status_code == httpx.codes.NOT_MODIFIED:
                return kept.path
            self._refuse_bad_status(url, response)
            goes_on = response.status_code == httpx.codes.PARTIAL_CONTENT
            if goes_on and not response.headers.get("Content-Range", "").startswith(f"bytes {start}-"):
                self.cache.drop(url)
                raise _AgainError("Content-Range")
            self._save(url, what, response, start if goes_on else 0)
            return self.cache.put(url, _validators(response))

    def _save(self, url: str, what: str, response: httpx.Response, start: int) -> None:
        length = response.headers.get("Content-Length")
        total = start + int(length) if length else None
        part, done = self.cache.part(url), start
        if not start:
            # An old part must never come to lie beside what was noted of the new one.
            part.unlink(missing_ok=True)
            self.cache.note_part(url, {"validator": _validator(response)})
        with part.open("ab" if start else "wb") as file:
            for chunk in response.iter_bytes():
                file.write(chunk)
                done += len(chunk)
                self._progress(what, done, total)
                if done > MOST_BYTES:
                    raise _refused(urlsplit(url).netloc, f"> {MOST_BYTES} bytes")

    def _refuse_bad_status(self, url: str, response: httpx.Response) -> None:
        status, host = response.status_code, urlsplit(url).netloc
        if status == httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE:
            self.cache.drop(url)
        if status >= 500 or status in (
            httpx.codes.REQUESTED_RANGE_NOT_SATISFIABLE,
            httpx.codes.TOO_MANY_REQUESTS,
            httpx.codes.REQUEST_TIMEOUT,
        ):
            raise _AgainError(f"HTTP {status}")
        if status in (httpx.codes.NOT_FOUND, httpx.codes.GONE):
            raise AbsentThereError(
                N_("{host} has nothing at {path}"),
                remedy=N_("the owner may have moved it: look for it on the site of {host}"),
                host=host,
                path=urlsplit(url).path,
            )
        if not response.is_success:
            raise _refused(host, f"HTTP {status}")


def next_page(url: str, link: str) -> str:
    """The address of the next page, on the host that was asked: a service may name itself in another way.

    >>> next_page("https://opendata.cbs.nl/a", "http://opendata.cbs.nl/a?$skip=10000")
    'https://opendata.cbs.nl/a?$skip=10000'
    """
    here, there = urlsplit(url), urlsplit(urljoin(url, link))
    return urlunsplit((here.scheme, here.netloc, there.path, there.query, ""))


def _say_nothing(_what: str, _done: int, _total: int | None) -> None:
    return


def _validators(response: httpx.Response) -> dict[str, str]:
    names = {"etag": "ETag", "last_modified": "Last-Modified"}
    return {name: response.headers[header] for name, header in names.items() if header in response.headers}


def _validator(response: httpx.Response) -> str:
    """What tells a host that a part is of the same file; a weak ETag does not."""
    etag: str = response.headers.get("ETag", "")
    changed: str = response.headers.get("Last-Modified", "")
    return etag if etag and not etag.startswith("W/") else changed


def _if_changed(facts: dict[str, str]) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last_modified": "If-Modified-Since"}
    return {header: facts[name] for name, header in names.items() if name in facts}


def _gave_up(problem: str, host: str, detail: str, tries: int = TRIES) -> FetchError:
    return FetchError(problem, remedy=LATER, host=host, tries=tries, detail=detail)


def _refused(host: str, detail: str) -> FetchError:
    return FetchError(N_("{host} refused ({detail})"), remedy=LATER, host=host, detail=detail)


def _not_json(url: str, *, page: bool) -> FetchError:
    return FetchError(
        N_("{host} answered with a web page") if page else N_("{host} gave an answer that is cut short"),
        expected=N_("json"),
        remedy=LATER,
        host=urlsplit(url).netloc,
    )
