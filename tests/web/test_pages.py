"""What all pages share: the head and foot, the language, the macros, and the pages of what went wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import translation

from ongedeeld.city import City
from ongedeeld.errors import N_, AbsentError
from ongedeeld.reasons import Reason, no
from ongedeeld.web.accounts.checks import Refused
from ongedeeld.web.accounts.models import Person
from ongedeeld.web.accounts.roles import Role
from ongedeeld.web.audit.models import Entry
from ongedeeld.web.cities.queries import current
from ongedeeld.web.site import failing
from tests.web.conftest import Hire, Visit

SITE = Path(failing.__file__).parent
STYLE = SITE.parents[1] / "reporting" / "assets" / "style.css"
TEMPLATES = sorted((SITE / "templates").rglob("*.html"))


class Inspection(forms.Form):
    """A form with one field of each kind."""

    email = forms.EmailField(label=N_("E-mail address"), help_text=N_("figure"))
    theme = forms.ChoiceField(
        label="Thema", choices=[("", "-"), (N_("district"), [("a", N_("neighbourhood"))])], required=False
    )
    size = forms.ChoiceField(label="Grootte", widget=forms.RadioSelect, choices=[("1", N_("one"))])
    agreed = forms.BooleanField(label="Besproken", required=False)


def _request(person: Person | None = None) -> HttpRequest:
    request = RequestFactory().get("/", headers={"host": "localhost"})
    SessionMiddleware(lambda _request: HttpResponse()).process_request(request)
    MessageMiddleware(lambda _request: HttpResponse()).process_request(request)
    if person is not None:
        request.user = person
    return request


def _rendered(text: str, person: Person, **facts: object) -> str:
    """A template as somebody sees it, in Dutch."""
    with translation.override("nl"):
        return engines["jinja2"].from_string(text).render(facts, _request(person))


@pytest.fixture
def anne(hire: Hire) -> Person:
    return hire(Role.CARETAKER, name="Anne de Vries")


# The language


def test_a_language_once_chosen_holds_on_every_machine(anne: Person, visit: Visit) -> None:
    client = visit(anne)
    assert '<html lang="nl">' in client.get("/").content.decode()
    answer = client.post("/taal/", {"language": "en", "next": "/?van=hier"})
    assert (answer.status_code, answer.headers["location"]) == (302, "/?van=hier")
    for browser in (client, visit(anne)):
        assert '<html lang="en">' in browser.get("/").content.decode()


def test_a_choice_of_language_is_in_the_record_once(anne: Person, visit: Visit) -> None:
    visit(anne).post("/taal/", {"language": "en", "next": "/"})
    entry = Entry.objects.get(verb="accounts.choose_language")
    assert (entry.actor, entry.fields) == (anne.key, ["language"])


def test_who_is_not_signed_in_can_choose_a_language_too(visit: Visit, db: None) -> None:
    client = visit(None)
    client.post("/taal/", {"language": "en", "next": "/"})
    assert client.cookies["django_language"].value == "en"


@pytest.mark.parametrize("language", ["fr", "", "nl' --"])
def test_a_language_that_is_not_there_changes_nothing(language: str, anne: Person, visit: Visit) -> None:
    visit(anne).post("/taal/", {"language": language, "next": "/"})
    anne.refresh_from_db()
    assert anne.language == "nl"


def test_the_language_is_chosen_by_post_alone_and_leads_to_no_other_host(anne: Person, visit: Visit) -> None:
    client = visit(anne)
    opened = client.get("/taal/")
    assert (opened.status_code, opened.headers["Allow"]) == (405, "POST")
    assert "<h1>" in opened.content.decode()
    answer = client.post("/taal/", {"language": "en", "next": "https://elders.invalid/"})
    assert answer.headers["location"] == "/"


# The head and foot


def test_the_head_names_only_the_rooms_that_somebody_may_enter(hire: Hire, visit: Visit) -> None:
    caretaker = visit(hire(Role.CARETAKER)).get("/").content.decode()
    officer = visit(hire(Role.PRIVACY_OFFICER)).get("/").content.decode()
    assert 'href="/toezicht/"' not in _head(caretaker)
    assert 'href="/toezicht/"' in _head(officer)


def test_the_head_tells_in_which_room_one_is(anne: Person, visit: Visit) -> None:
    assert '<a href="/" aria-current="page">' in _head(visit(anne).get("/").content.decode())


def test_a_room_of_several_parts_names_them_below_and_one_of_a_single_part_does_not(
    hire: Hire, visit: Visit
) -> None:
    adviser = _head(visit(hire(Role.POLICY_ADVISER)).get("/regels/").content.decode())
    assert '<nav class="rooms parts" aria-label="Kennis">' in adviser
    assert '<a href="/regels/" aria-current="page">' in adviser
    fitter = _head(visit(hire(Role.FITTER)).get("/signalen/").content.decode())
    assert "parts" not in fitter
    assert '<a href="/signalen/" aria-current="page">' in fitter


def test_figures_that_are_invented_are_called_so_and_their_sources_named(city: City, anne: Person) -> None:
    page = _rendered('{% extends "base.html" %}', anne, opened=current(anne))
    assert "verzonnen" in page
    for source in city.manifest.sources:
        assert source.title in page


def test_a_message_is_told_in_the_language_of_the_page(anne: Person) -> None:
    request = _request(anne)
    messages.success(request, N_("figure"))
    with translation.override("nl"):
        page = engines["jinja2"].from_string('{% extends "base.html" %}').render({}, request)
    assert '<p class="message success">cijfer</p>' in page


def _head(page: str) -> str:
    return page[page.index("<header") : page.index("</header>")]


# The macros


def test_a_field_has_its_label_help_and_error_bound_to_it(anne: Person) -> None:
    page = _fields(Inspection({"email": "geen adres", "size": "1"}), anne)
    control = re.search(r"<input[^>]*name=\"email\"[^>]*>", page)
    assert control is not None
    assert 'aria-describedby="id_email_helptext id_email_error"' in control[0]
    assert 'aria-invalid="true"' in control[0]
    assert 'value="geen adres"' in control[0]
    assert '<p class="help" id="id_email_helptext">cijfer</p>' in page
    assert 'id="id_email_error"' in page


def test_labels_and_choices_are_translated(anne: Person) -> None:
    page = _fields(Inspection(), anne)
    assert '<optgroup label="wijk">' in page
    assert '<option value="a">buurt</option>' in page
    assert re.search(r'<label for="id_size_0">één</label>', page)


def test_what_was_chosen_stays_chosen(anne: Person) -> None:
    page = _fields(Inspection({"email": "a@b.nl", "theme": "a", "size": "1", "agreed": "on"}), anne)
    assert '<option value="a" selected>' in page
    assert re.search(r'type="radio"[^>]*value="1"[^>]*checked', page)
    assert re.search(r'type="checkbox"[^>]*checked', page)


def test_a_group_of_choices_has_a_legend_and_the_list_of_errors_leads_to_it(anne: Person) -> None:
    page = _fields(Inspection({"email": "a@b.nl"}), anne)
    assert re.search(r'<fieldset[^>]*id="id_size"[^>]*aria-describedby="id_size_error"', page)
    assert "<legend>Grootte</legend>" in page
    assert '<a href="#id_size_0">Grootte</a>' in page


def test_only_what_may_be_left_out_is_marked(anne: Person) -> None:
    page = _fields(Inspection(), anne)
    assert 'Thema <span class="optional">' in page
    assert 'id_email">E-mail address</label>' in page or "E-mailadres</label>" in page


def _fields(form: forms.Form, person: Person) -> str:
    return _rendered(
        '{% import "parts/forms.html" as forms with context %}'
        "{% call forms.form() %}{{ forms.errors(form) }}{{ forms.fields(form) }}{% endcall %}",
        person,
        form=form,
    )


def test_a_form_carries_the_token_and_posts(anne: Person) -> None:
    page = _fields(Inspection(), anne)
    assert 'method="post"' in page
    assert "csrfmiddlewaretoken" in page


def test_a_table_gives_every_cell_the_head_that_its_card_shows_on_a_phone(anne: Person) -> None:
    page = _rendered(
        '{% import "parts/tables.html" as tables with context %}'
        '{{ tables.table("Buurten", ("Buurt", "Woningen"), rows, numbers=(1,)) }}',
        anne,
        rows=[(("Merel<buurt>", "/buurten/1/"), 12)],
    )
    assert '<th scope="row"><a href="/buurten/1/">Merel&lt;buurt&gt;</a></th>' in page
    assert '<td data-head="Woningen" class="num">12</td>' in page


def test_a_list_of_pages_keeps_what_else_was_asked(anne: Person) -> None:
    text = '{% import "parts/messages.html" as told with context %}{{ told.paging(page, "thema=a") }}'
    page = _rendered(text, anne, page=Paginator(range(30), 10).page(2))
    assert 'rel="prev" href="?page=1&amp;thema=a"' in page
    assert 'rel="next" href="?page=3&amp;thema=a"' in page
    assert "rel=" not in _rendered(text, anne, page=Paginator(range(3), 10).page(1))


# What went wrong


def test_a_refusal_tells_its_reasons(anne: Person) -> None:
    refusal = Refused(
        no(Reason("x", N_("nobody is signed in")), Reason("y", "{what} ontbreekt", {"what": "een rol"}))
    )
    with translation.override("nl"):
        page = failing.refused(_request(anne), refusal)
    assert page.status_code == 403
    assert "een rol ontbreekt" in page.content.decode()


def test_an_address_that_leads_nowhere_tells_so(anne: Person, visit: Visit) -> None:
    page = visit(anne).get("/nergens/")
    assert page.status_code == 404
    assert "<h1>" in page.content.decode()
    assert "nergens" not in page.content.decode().replace("/nergens/", "")


def test_what_is_not_there_is_told_in_the_words_of_the_error(anne: Person) -> None:
    error = AbsentError("there is no {what} here", what="<buurt>")
    page = failing.missing(_request(anne), Http404(error))
    assert page.status_code == 404
    assert "there is no &lt;buurt&gt; here" in page.content.decode()


def test_a_broken_page_asks_nothing_of_the_database_and_tells_no_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Without the fixture `db` any question to the database fails this test.
    page = failing.broken(_request())
    text = page.content.decode()
    assert page.status_code == 500
    assert "Traceback" not in text
    assert 'id="main"' in text


def test_a_form_without_its_token_is_told_to_be_sent_once_more(anne: Person) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    client.force_login(anne)
    page = client.post("/taal/", {"language": "en"})
    assert page.status_code == 403
    assert page.templates == []  # a page of Jinja, not the one of Django that names its settings
    assert "<h1>" in page.content.decode()


# The content security policy, and what everybody must be able to read


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: str(file.relative_to(SITE / "templates")))
def test_a_template_fits_the_content_security_policy(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<[^>]*\son\w+\s*=", text)
    assert "hx-on" not in text
    assert not re.search(r"[\"']js:|javascript:", text)
    assert "<style" not in text
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or 'type="application/json"' in script
    assert not re.search(r"(src|href|action)=[\"'](https?:)?//", text)


def _tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9]+):(#[0-9a-f]{3,6})\b", block))


def _light(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark", "print"])
@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *[(ink, ground) for ink in ("ink", "soft", "teal", "clay") for ground in ("paper", "wash")],
        ("paper", "teal"),
    ],
)
def test_words_stand_out_from_their_ground(text: str, ground: str, scheme: str) -> None:
    sheet = STYLE.read_text(encoding="utf-8")
    light, *others = (_tokens(block) for block in re.findall(r":root\{(.*?)\}", sheet, re.DOTALL))
    colours = light | dict(zip(("dark", "print"), others, strict=True)).get(scheme, {})
    lighter, darker = sorted((_light(colours[text]), _light(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
