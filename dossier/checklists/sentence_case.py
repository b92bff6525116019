"""Names of bodies and posts for people: in sentence case as in Nghị định 30/2020/NĐ-CP, annex II, whatever
capitals and OCR errors the document has."""

from __future__ import annotations

import re
from functools import lru_cache

from dossier.checklists.vocabulary import Written, current
from dossier.vietnamese import capitalised, nfc, words

_OPENING = '“"‘«„'
_CAPACITY = re.compile(r"(?:TM|KT|TL|TUQ|Q)\.|T/M|K/T|T/L", re.IGNORECASE)


def body(name: str) -> str:
    """A body's name in sentence case: ``CÔNG AN PHƯỜNG MŨI NÉ`` is ``Công an phường Mũi Né``; one
    not in capitals is unchanged. Missing diacritics of known kinds of bodies are restored."""
    return _body(name, current().written)


@lru_cache(maxsize=4096)
def _body(name: str, written: Written) -> str:
    name = " ".join(nfc(name).split())
    places = (*written.places, *written.hamlets, *written.named)
    shouted = [word for word in name.split() if word not in written.short]
    if not shouted or any(char.islower() for word in shouted for char in word):
        return name
    said: list[str] = []
    at_place = False
    for at, word in enumerate(name.split()):
        small = word.lower()
        before = said[-1].lower() if said else ""
        if small in places or f"{before} {small}" in places:
            said.append(small)
            if f"{before} {small}" in places:
                said[-2] = before
            at_place = True
        elif word in written.short:
            said.append(word)
        else:
            named = at_place or at == 0 or small[0] in _OPENING
            said.append(_capitalised(small) if named else small)
    text = _spelt(" ".join(said), written)
    return capitalised(text)


def _capitalised(word: str) -> str:
    """With a capital behind an opening quotation mark: ``“Trường``."""
    quotes = len(word) - len(word.lstrip(_OPENING))
    return word[:quotes] + word[quotes : quotes + 1].upper() + word[quotes + 1 :]


def _spelt(text: str, written: Written) -> str:
    """Replace kinds of bodies, found without diacritics, by their correct spelling."""
    given = text.split()
    plain = [words(word) for word in given]
    for spelt in written.bodies:
        wanted = words(spelt).split()
        for at in range(len(given) - len(wanted) + 1):
            if plain[at : at + len(wanted)] == wanted:
                given[at : at + len(wanted)] = spelt.split()
    return " ".join(given)


def signed_as(title: str) -> tuple[str, str]:
    """Split a signer's title into authority and own post: ``TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH``
    is ``TM. Ủy ban nhân dân, KT. Chủ tịch`` and ``Phó Chủ tịch``. Unknown posts are not split."""
    given = nfc(title).split()
    plain = [words(word) for word in given]
    found = -1, ""
    for post in current().written.posts:
        wanted = words(post).split()
        for at in range(len(given) - len(wanted) + 1):
            if plain[at : at + len(wanted)] == wanted and at > found[0]:
                found = at, " ".join([post, *given[at + len(wanted) :]])
    at, post = found
    if at < 0:
        return "", _post(" ".join(given))
    deputy = at > 0 and plain[at - 1] == "pho"
    authority = given[: at - deputy]
    return _authority(" ".join(authority)), ("Phó " if deputy else "") + _tail(post)


def _authority(text: str) -> str:
    marks = [match.start() for match in _CAPACITY.finditer(text)] or [0]
    pieces = [text[start:end].strip() for start, end in zip(marks, [*marks[1:], None], strict=True)]
    said = []
    for piece in pieces:
        mark = _CAPACITY.match(piece)
        name = piece[mark.end() :].strip() if mark else piece
        said.append(" ".join(filter(None, (mark[0] if mark else "", _post(name)))))
    return ", ".join(said)


def _post(name: str) -> str:
    """A post or body in sentence case, with the correct spelling of known posts."""
    text = body(name)
    given, plain = text.split(), [words(word) for word in text.split()]
    for post in current().written.posts:
        wanted = words(post).split()
        if plain[: len(wanted)] == wanted:
            return _tail(" ".join([post, *given[len(wanted) :]]))
    return text


def _tail(post: str) -> str:
    """A post with the body after it in sentence case: ``Trưởng Công an PHƯỜNG MŨI NÉ``."""
    written = current().written
    known = next((each for each in written.posts if post.startswith(each)), "")
    rest = post[len(known) :].strip()
    if not rest:
        return known
    named = body(rest)
    keeps = named.split()[0] in written.short or any(named.startswith(spelt) for spelt in written.bodies)
    return f"{known} {named if keeps else named[:1].lower() + named[1:]}".strip()
