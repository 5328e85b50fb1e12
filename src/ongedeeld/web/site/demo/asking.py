"""Ask a demo for its first page, as a visitor's browser would, to see that it works."""

from __future__ import annotations

import re

from ongedeeld.errors import N_, OngedeeldError
from ongedeeld.web.site.demo.people import GUESTS


def ask_first_page(address: str) -> None:
    """Sign in as every guest and open the first page.

    Parameters
    ----------
    address
        Where the workbench is, with a slash at its end.

    Raises
    ------
    OngedeeldError
        When a page does not come.
    """
    import httpx

    for guest in GUESTS:
        # Not through a proxy: the address is this machine's own.
        with httpx.Client(trust_env=False, base_url=address, follow_redirects=True, timeout=60) as browser:
            page = browser.get("demo/")
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
            fields = {"csrfmiddlewaretoken": token.group(1) if token else "", "email": guest.email}
            first = browser.post("demo/", data=fields, headers={"Referer": f"{address}demo/"})
            if first.status_code != 200 or guest.name not in first.text:
                raise OngedeeldError(
                    N_("the first page did not come for {name} (status {status})"),
                    remedy=N_("look at the lines above"),
                    name=guest.name,
                    status=first.status_code,
                )
