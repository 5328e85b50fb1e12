"""Signing in and out, and what protects it, stand in the audit record."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_factor
from allauth.socialaccount import signals as organisation
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from ongedeeld.web.accounts.middleware import begin_session
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.second_factor import forget_second_factor
from ongedeeld.web.audit.actions import record


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: Person, **_: Any) -> None:
    begin_session(request)
    record(user, "accounts.sign_in", "person", user.key)


@receiver(user_logged_out)
def _signed_out(user: Person | None, **_: Any) -> None:
    if user is not None:
        record(user, "accounts.sign_out", "person", user.key)


@receiver((account.password_changed, account.password_set, account.password_reset))
def _password(user: Person, **_: Any) -> None:
    record(user, "accounts.change_password", "person", user.key, ["password"])


@receiver((second_factor.authenticator_added, second_factor.authenticator_removed))
@receiver(second_factor.authenticator_reset)
def _second_factor(user: Person, authenticator: Any, **_: Any) -> None:
    forget_second_factor(user)
    record(user, "accounts.change_second_factor", "person", user.key, [str(authenticator.type)])


@receiver((organisation.social_account_added, organisation.social_account_removed))
def _organisation(request: HttpRequest, **_: Any) -> None:
    if isinstance(request.user, Person):
        record(request.user, "accounts.connect_organisation", "person", request.user.key)
