"""Where somebody is in a story, and how a page leads on."""

from __future__ import annotations

from django.urls import reverse
from playwright.sync_api import Page


def heading(page: Page) -> str:
    """The title that stands above the page."""
    return page.inner_text("h1")


def to(name: str, *about: object) -> str:
    """The link that leads to a page, in the page itself."""
    return f'main a[href^="{reverse(name, args=about)}"]'
