"""The two languages, and the catalogue of translated sentences.

English is the language of the code and so of the keys; `locale/nl/LC_MESSAGES/ongedeeld.po` holds the Dutch.
"""

from __future__ import annotations

from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import Literal, cast

from ongedeeld.errors import N_, Translate

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def translator(language: Language) -> NullTranslations:
    """The catalogue for `language`, with ``gettext`` and ``ngettext``.

    >>> translator("nl").gettext("Expected: {what}")
    'Verwacht: {what}'
    """
    if language == "en":
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po
    from babel.support import Translations

    source = files("ongedeeld.vocabulary") / "locale" / language / "LC_MESSAGES" / "ongedeeld.po"
    with source.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations: NullTranslations = Translations(compiled)
    return translations


def language_of(translate: Translate) -> Language:
    """The language into which `translate` translates.

    >>> language_of(translator("nl").gettext), language_of(str)
    ('nl', 'en')
    """
    return cast(Language, str(translate(N_("en"))))
