"""The language of everything a person reads: Vietnamese in the source, English from a catalogue.

Messages are written in Vietnamese at the place that says them, so the default language never
needs a catalogue and can never be half translated. ``dossier/locale/en`` holds the English,
compiled by Babel from ``messages.po``.
"""

from __future__ import annotations

import gettext
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"
_language = "vi"


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(LOCALE), [language], fallback=True)


def use(language: str) -> None:
    """Choose the language of later messages; an unknown one means Vietnamese."""
    global _language
    _language = language if language in LANGUAGES else "vi"


def language() -> str:
    """The language in use: ``vi`` or ``en``."""
    return _language


def _(message: str) -> str:
    """The message in the language in use."""
    return message if _language == "vi" else _catalogue(_language).gettext(message)


def N_(message: str) -> str:  # noqa: N802
    """The message as it stands, marked for translation where it is shown later."""
    return message
