"""A page as somebody without a mouse reads it: where its links lead, and what its forms ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

CHOOSING = frozenset({"radio", "checkbox", "submit", "button"})


@dataclass
class Field:
    """One thing that a form asks: its name, its kind, what stands there, and what may be chosen."""

    name: str
    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass
class Form:
    """A form: where it goes, how, and what it asks."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)

    @property
    def values(self) -> dict[str, str]:
        """What it sends when nothing is changed."""
        return {name: one.value for name, one in self.fields.items() if one.kind not in ("submit", "file")}


class Page(HTMLParser):
    """The links and forms of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._inside: Field | None = None
        self.feed(html)
        self.close()

    def asking(self, name: str) -> Form:
        """The form that asks this."""
        (form,) = [one for one in self.forms if name in one.fields]
        return form

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "form":
            self._form = Form(told.get("action", ""), told.get("method", "get").lower())
            self.forms.append(self._form)
        elif tag == "option" and self._inside is not None:
            self._option(told)
        elif self._form is not None and told.get("name") and tag in ("input", "textarea", "select", "button"):
            self._ask(tag, told)

    def handle_data(self, data: str) -> None:
        if self._inside is not None and self._inside.kind == "textarea":
            self._inside.value += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in ("textarea", "select") and self._inside is not None:
            # A browser leaves out the line end with which a text begins.
            self._inside.value = self._inside.value.removeprefix("\n")
            self._inside = None

    def _ask(self, tag: str, told: dict[str, str]) -> None:
        assert self._form is not None
        kind = told.get("type", "text") if tag == "input" else "submit" if tag == "button" else tag
        one = self._form.fields.setdefault(told["name"], Field(told["name"], kind))
        if kind in CHOOSING:
            one.choices.append(told.get("value", "on"))
        if kind not in CHOOSING or "checked" in told:
            one.value = told.get("value", "on" if kind in CHOOSING else "")
        if tag in ("textarea", "select"):
            self._inside = one

    def _option(self, told: dict[str, str]) -> None:
        assert self._inside is not None
        value = told.get("value", "")
        if "selected" in told or not self._inside.choices:
            self._inside.value = value
        self._inside.choices.append(value)
