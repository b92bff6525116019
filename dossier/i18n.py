"""Translation of all texts for people: Vietnamese in the source, English from a message catalogue.

Messages are written in Vietnamese where they are used, so the default language
needs no catalogue and is always complete. ``dossier/locale/en`` holds the English,
compiled by Babel from ``messages.po``.
"""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from dossier import workspace

LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"


@lru_cache(maxsize=4)
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("messages", str(LOCALE), [language], fallback=True)


def use(language: str) -> None:
    """Set the language of this thread; an unknown one means Vietnamese."""
    workspace.enter(language=_known(language))


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use this language while the body runs, in this thread or request only."""
    with workspace.within(language=_known(language)):
        yield


def _known(language: str) -> str:
    return language if language in LANGUAGES else "vi"


def language() -> str:
    """The language in use: ``vi`` or ``en``."""
    return workspace.current().language


def _(message: str) -> str:
    """Translate a message to the language in use, as a :class:`Sentence`.

    Vietnamese has no plural. Translations write plurals as
    ``{count} {count:file|files}``; a sentence may have several, which gettext's plurals do not allow.
    """
    return Sentence(message)


@lru_cache(maxsize=4096)
def _translated(language_: str, message: str) -> str:
    return message if language_ == "vi" else _catalogue(language_).gettext(message)


class Sentence(str):
    """A translated text that keeps its source message and arguments.

    Stored and cached values keep these (:func:`packed`), so that the text can be translated to another
    language (:func:`say`). Concatenations (``+``, :func:`joined`) are sentences too.
    """

    __slots__ = ("arguments", "message")
    message: str  # the source message; empty for a concatenation of the arguments
    arguments: Mapping[str, object]

    def __new__(cls, message: str, arguments: Mapping[str, object] | None = None) -> Sentence:
        sentence = super().__new__(cls, _worded(message, arguments))
        sentence.message, sentence.arguments = message, arguments or {}
        return sentence

    def __reduce__(self) -> tuple[type[Sentence], tuple[str, Mapping[str, object] | None]]:
        kept = {key: _kept(value) for key, value in self.arguments.items()}
        return Sentence, (self.message, kept or None)

    def format(self, *args: object, **values: object) -> str:
        if not self.message:  # a concatenation of templates
            return Sentence("", {key: _filled(part, values) for key, part in self.arguments.items()})
        return Sentence(self.message, values)

    def __add__(self, other: str) -> str:
        return joined((self, other), "")

    def __radd__(self, other: str) -> str:
        return joined((other, self), "")


def _filled(part: object, values: Mapping[str, object]) -> str:
    return part.format(**values) if isinstance(part, str) else str(part)


def _worded(message: str, arguments: Mapping[str, object] | None) -> str:
    if not message:
        return "".join(
            say(part) if isinstance(part, str) else str(part) for part in (arguments or {}).values()
        )
    text = _translated(language(), message)
    if arguments is None:
        return text
    said = {key: say(value) if isinstance(value, str) else value for key, value in arguments.items()}
    if "|" in text or any(isinstance(value, float) for value in said.values()):
        return _FORMATTER.vformat(text, (), said)
    return text.format(**said)


def say(text: str) -> str:
    """Translate a sentence to the language in use; other texts are returned unchanged."""
    return Sentence(text.message, text.arguments or None) if isinstance(text, Sentence) else text


def joined(parts: Iterable[str], between: str = " ") -> str:
    """Join texts; the result is a sentence if one of them is."""
    texts = [each for part in parts for each in (between, part)][1:]
    if not any(isinstance(text, Sentence) for text in texts):
        return "".join(texts)
    return Sentence("", {str(position): text for position, text in enumerate(texts)})


def moment(at: datetime) -> str:
    """A point in time in the zone of this machine: ``16:05 29/11/2026``."""
    return f"{at.astimezone():%H:%M %d/%m/%Y}"


def packed(text: str) -> object:
    """Convert a text for JSON: a sentence becomes ``{"says": message, "with": arguments}``."""
    if not isinstance(text, Sentence):
        return text
    return {
        "says": text.message,
        "with": {key: _packed(_kept(value)) for key, value in text.arguments.items()},
    }


def unpacked(value: object) -> str:
    """The inverse of :func:`packed`, in the language in use."""
    if not isinstance(value, dict):
        return str(value)
    arguments = value.get("with")
    if not isinstance(arguments, dict):
        return str(value["says"])
    if all(isinstance(kept, str) for kept in arguments.values()):
        return _often(language(), value["says"], tuple(arguments.items()))
    return _sentence(value["says"], arguments.items())


@lru_cache(maxsize=4096)
def _often(_language: str, message: str, arguments: tuple[tuple[str, str], ...]) -> str:
    """Cached: most documents are placed for the same few reasons."""
    return _sentence(message, arguments)


def _sentence(message: str, arguments: Iterable[tuple[str, object]]) -> str:
    if not _HARMLESS(message):
        return str(message)
    try:
        return Sentence(message, {key: _unpacked(kept) for key, kept in arguments} or None)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return str(message)  # arguments of another version


# Stored messages are not trusted: format fields may only be plain names without attributes and widths.
_HARMLESS = re.compile(r"(?:[^{}]|\{\{|\}\}|\{[a-z_0-9]+(?::[%a-zA-Z/.,]*[0-9]?[%a-zA-Z/.,]*)?\})*").fullmatch


def _kept(value: object) -> object:
    """Convert an argument for storage: numbers, dates and texts unchanged, others to text."""
    return value if value is None or isinstance(value, str | int | float | date) else str(value)


def _packed(value: object) -> object:
    if isinstance(value, date):
        return {"on": value.isoformat()}
    return packed(value) if isinstance(value, str) else value


def _unpacked(value: object) -> object:
    if isinstance(value, dict) and "on" in value:
        return datetime.fromisoformat(value["on"]) if "T" in value["on"] else date.fromisoformat(value["on"])
    return unpacked(value) if isinstance(value, str | dict) else value


class _Formatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        one, bar, many = format_spec.partition("|")
        if not bar:
            said = str(super().format_field(value, format_spec))
            return said.replace(".", ",") if isinstance(value, float) and language() == "vi" else said
        return one if value == 1 else many


_FORMATTER = _Formatter()


def N_(message: str) -> str:  # noqa: N802
    """Mark a message for translation without translating it."""
    return message
