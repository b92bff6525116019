"""The language of everything a person reads: Vietnamese in the source, English from a catalogue.

Messages are written in Vietnamese at the place that says them, so the default language never
needs a catalogue and can never be half translated. ``dossier/locale/en`` holds the English,
compiled by Babel from ``messages.po``.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"
_language = "vi"  # of the process: what a command was called with
_spoken: ContextVar[str | None] = ContextVar("language", default=None)  # of one request among many


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(LOCALE), [language], fallback=True)


def use(language: str) -> None:
    """Choose the language of this process; an unknown one means Vietnamese."""
    global _language
    _language = language if language in LANGUAGES else "vi"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Answer in this language while the body runs, whatever other threads and requests speak."""
    before = _spoken.set(language if language in LANGUAGES else "vi")
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """The language in use: ``vi`` or ``en``."""
    return _spoken.get() or _language


def _(message: str) -> str:
    """The message in the language in use.

    Vietnamese has no plural. A translation writes its own behind the number they hang on, as in
    ``{count} {count:file|files}``; a sentence may hold several, which gettext's own plurals do not allow.
    """
    spoken = language()
    return message if spoken == "vi" else _translated(spoken, message)


@lru_cache(maxsize=4096)
def _translated(language_: str, message: str) -> str:
    found = _catalogue(language_).gettext(message)
    return _Plural(found) if "|" in found else found


class _Plural(str):
    """A text whose fields may choose between one and many: ``{count:is|are}``."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        return _FORMATTER.vformat(self, args, values)

    def __add__(self, other: str) -> _Plural:
        return _Plural(super().__add__(other))

    def __radd__(self, other: str) -> _Plural:
        return _Plural(other + str(self))


class _Formatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if value == 1 else many


_FORMATTER = _Formatter()


def N_(message: str) -> str:  # noqa: N802
    """The message as it stands, marked for translation where it is shown later."""
    return message
