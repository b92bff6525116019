"""English words for data that is only in Vietnamese (``english.toml``): types of documents, citations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from dossier.checklists.source import parse_toml, shipped
from dossier.checklists.vocabulary import name_of
from dossier.i18n import language

_SHIPPED = "english.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class English:
    """The whole file: English names of types by slug, English phrases by Vietnamese ones; ``mass`` and
    ``after_noun``: see :func:`with_article`."""

    mass: tuple[str, ...] = ()
    after_noun: tuple[str, ...] = ()
    types: dict[str, str]
    citations: dict[str, str]


@lru_cache(maxsize=1)
def load_english() -> English:
    """The words that ship with the product."""
    return parse_toml(shipped(_SHIPPED), _SHIPPED, English)


def type_said(slug: str) -> str:
    """The name of a type in the language in use: ``Quyết định`` or ``Decision`` for ``quyet-dinh``."""
    known = load_english().types.get(slug) if language() == "en" else None
    return known or name_of(slug)


def citation_said(citation: str) -> str:
    """A citation in the language in use; numbers, symbols and the names of laws stay as they are."""
    return _in_english(citation) if language() == "en" else citation


@lru_cache(maxsize=1024)
def with_article(title: str, *, one: bool = False) -> str:
    """An English title inside a sentence with its article: ``a survey plan``; ``one``: the only one of its
    kind, ``the survey plan``. Plurals and mass nouns take none but ``the``."""
    first, _blank, _rest = title.partition(" ")
    if first.lower() in ("a", "an", "the"):
        return title
    if one:
        return f"the {title}"
    noun = _more_of_it().split(title, maxsplit=1)[0].split()[-1]
    plural = noun.endswith("s") and not noun.endswith("ss")
    if plural or noun in load_english().mass:
        return title
    return f"{'an' if title[0].lower() in 'aeiou' else 'a'} {title}"


@lru_cache(maxsize=1)
def _more_of_it() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(load_english().after_noun)})\b| ?[(,;]")


@lru_cache(maxsize=1024)
def _in_english(citation: str) -> str:
    words = load_english().citations
    return _phrases().sub(lambda found: words[found[0]], citation)


@lru_cache(maxsize=1)
def _phrases() -> re.Pattern[str]:
    """Any of the phrases, the longest first, as whole words."""
    longest_first = sorted(load_english().citations, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")
