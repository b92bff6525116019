"""To whom a document was sent, as its recipients tell. Pure."""

from __future__ import annotations

import re

from dossier.model import Document
from dossier.vietnamese import words

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")  # (để thực hiện)
_APART = re.compile(r"[;,]")
_AS_IN_ARTICLE = " nhu dieu "  # whom an article binds is among the recipients, by reference only
_FEWEST = 3  # words of a recipient that names somebody


def _each_of(line: str) -> list[str]:
    return _APART.split(_ASIDE.sub(" ", line))


def sent_to_its_subject(document: Document) -> bool:
    """Whether the person or body that the abstract names is among the recipients, or those are whom an
    article of the decision binds: such an article names the subject more often than not."""
    about = f" {words(document.header.abstract)} "
    for named in (words(each) for line in document.header.recipients for each in _each_of(line)):
        if _AS_IN_ARTICLE in f" {named} ":
            return True
        if named.count(" ") >= _FEWEST - 1 and f" {named} " in about:
            return True
    return False
