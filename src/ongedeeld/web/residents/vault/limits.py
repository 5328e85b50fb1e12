"""How often one map may ask: counted by the map that is open, as many people may share one address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

from ongedeeld.web.accounts.limits import too_often, within
from ongedeeld.web.residents.vault import openings

View = Callable[..., HttpResponseBase]


def limited_by_map(name: str, rate: str = "60/m") -> Callable[[View], View]:
    """Answer "too often, wait a little" above a rate; where no map is open, the address is counted.

    Parameters
    ----------
    name
        What is limited; views that share a name share the limit.
    rate
        How often: times, per how long.
    """

    def limiting(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            opening = openings.current(request, using=False)
            whose = f"map:{opening.vault.key}" if opening else None
            if not within(request, name, f"{rate}/{'key' if whose else 'ip'}", whose):
                return too_often(request)
            return view(request, *args, **kwargs)

        return answer

    return limiting
