"""A person's query as a small tree that every engine compiles.

Parsed by Whoosh's ``qparser``: words (all of them by default), ``"phrases"``, ``OR``/``HOẶC``,
``NOT``/``KHÔNG``/``-``, ``prefix*`` and fields in Vietnamese and English. What it cannot parse is
taken as words, and the answer says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dossier.i18n import _
from dossier.vietnamese import nfc, slug, words

if TYPE_CHECKING:
    from whoosh.qparser import QueryParser

_ANYWHERE = "text"  # the parser's name for “no field”
MAX_CHARS = 1000
MAX_WORDS = 64
_OPERATORS = re.compile(r"\b(HOẶC|KHÔNG|VÀ)\b")
_ENGLISH = {"HOẶC": "OR", "KHÔNG": "NOT", "VÀ": "AND"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_MINUS = re.compile(r"(?<!\S)-(?=[^\s-])")
# name a person types → field of the index
FIELDS = {
    "so": "number", "number": "number",
    "loai": "type", "type": "type",
    "ngay": "date", "date": "date", "nam": "date", "year": "date",
    "muc": "item", "item": "item",
    "hoso": "dossier_name", "dossier": "dossier_name",
    "coquan": "issuing_body", "issuer": "issuing_body",
    "trichyeu": "abstract", "abstract": "abstract", "title": "abstract",
    "nguoiky": "signer", "signer": "signer",
    "ten": "name", "name": "name",
    "loaihoso": "kind", "kind": "kind",
}  # fmt: skip
TYPE_CODES = {
    "qd": "quyet-dinh", "kh": "ke-hoach", "bc": "bao-cao", "ttr": "to-trinh", "bb": "bien-ban",
    "qc": "quy-che", "tb": "thong-bao", "nq": "nghi-quyet", "hd": "huong-dan", "cv": "cong-van",
    "ct": "chi-thi", "kl": "ket-luan",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Words next to each other (one word, or a phrase), folded; ``exact`` as typed, in lower case.

    ``field`` empty: anywhere. ``prefix``: the last word may go on.
    """

    folded: tuple[str, ...]
    exact: tuple[str, ...]
    field: str = ""
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Dates between two ISO days, both included; ``None`` leaves a side open."""

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    of: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not this."""

    what: Node


Node = Words | Span | All | Either | Not


@dataclass(frozen=True, slots=True)
class Query:
    """The tree (``None``: nothing to look for) and what to tell the person about it."""

    tree: Node | None
    notes: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """The query that ``text`` stands for. Never raises."""
    clean = _CONTROL.sub(" ", nfc(text)).strip()
    notes = []
    if len(clean) > MAX_CHARS:
        clean = clean[:MAX_CHARS]
        notes.append(_("Câu tìm quá dài; chỉ dùng {count} ký tự đầu.").format(count=MAX_CHARS))
    if clean.count('"') % 2:
        clean = clean.replace('"', " ")
        notes.append(_("Thiếu một dấu ngoặc kép; đã tìm như các từ thường."))
    try:
        tree = _convert(_parser().parse(_prepared(clean)), budget=[MAX_WORDS])
    except Exception:  # noqa: BLE001  a third-party parser on hostile text: words are always right
        tree = None
    if tree is None:
        plain = _plain(clean)
        if plain is not None:
            notes.append(_("Không hiểu cú pháp; đã tìm như các từ thường."))
        tree = plain
    if isinstance(tree, Not):
        return Query(None, (*notes, _("Cần ít nhất một từ không bị loại trừ.")))
    return Query(tree, tuple(notes))


def _prepared(text: str) -> str:
    text = _OPERATORS.sub(lambda match: _ENGLISH[match[1]], text)
    return _MINUS.sub("NOT ", text)


@lru_cache(maxsize=1)
def _parser() -> QueryParser:
    from whoosh import qparser

    return qparser.QueryParser(
        _ANYWHERE,
        schema=None,
        plugins=[
            qparser.WhitespacePlugin(),
            qparser.PhrasePlugin(),
            qparser.FieldsPlugin(),
            qparser.PrefixPlugin(),
            qparser.OperatorsPlugin(Not=r"(^|(?<=(\s|[()])))NOT(?=\s)"),
            qparser.GroupPlugin(),
        ],
        group=qparser.AndGroup,
    )


def _convert(node: Any, budget: list[int]) -> Node | None:
    from whoosh import query

    if isinstance(node, query.compound.CompoundQuery):
        children = [child for each in node if (child := _convert(each, budget)) is not None]
        if not children:
            return None
        return Either(tuple(children)) if isinstance(node, query.Or) else _all(children)
    if isinstance(node, query.Not):
        inner = _convert(node.query, budget)
        return None if inner is None else Not(inner)
    if isinstance(node, query.Phrase):
        return _words(" ".join(node.words), node.fieldname, budget, phrase=True)
    if isinstance(node, query.Prefix):
        return _words(node.text, node.fieldname, budget, prefix=True)
    if isinstance(node, query.Term):
        return _words(node.text, node.fieldname, budget)
    return None


def _all(children: list[Node]) -> Node:
    return children[0] if len(children) == 1 else All(tuple(children))


def _plain(text: str) -> Node | None:
    budget = [MAX_WORDS]
    found = [node for word in text.split() if (node := _words(word, _ANYWHERE, budget)) is not None]
    return _all(found) if found else None


def _words(
    text: str, fieldname: str, budget: list[int], *, phrase: bool = False, prefix: bool = False
) -> Node | None:
    field = FIELDS.get(slug(fieldname), "")
    if not field and fieldname != _ANYWHERE:
        text = f"{fieldname} {text}"  # no such field: it was meant as words
    if field == "date":
        return _span(text)
    if field == "type":
        name = slug(text)
        return Words((TYPE_CODES.get(name, name),), (), "type")
    if field in ("item", "kind"):
        return Words((slug(text),), (), field)
    if field == "number":
        return Words(tuple(number_tokens(text)), (), "number") if number_tokens(text) else None
    folded = words(text).split()[: max(budget[0], 0)]
    budget[0] -= len(folded)
    if not folded:
        return None
    exact = tuple(exact_tokens(text)[: len(folded)])
    return Words(tuple(folded), exact if exact != tuple(folded) else (), field, prefix)


def number_tokens(text: str) -> list[str]:
    """The pieces of a number and symbol, leading zeros dropped: ``05-NQ/ĐU`` → ``5 nq du``."""
    return [piece.lstrip("0") or piece for piece in words(text).split()]


def exact_tokens(text: str) -> list[str]:
    """Words as typed, in lower case, with their diacritics."""
    return re.findall(r"[^\W_]+", nfc(text).lower())


_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?|(\d{1,2})/(\d{1,2})/(\d{4})")


def _span(text: str) -> Node | None:
    first, dots, last = text.partition("..")
    low, high = _bounds(first), _bounds(last if dots else first)
    if low is None and high is None:
        return None
    return Span(low[0] if low else None, high[1] if high else None)


def _bounds(text: str) -> tuple[str, str] | None:
    """First and last ISO day of a year, month or day."""
    match = _DAY.fullmatch(text.strip())
    if not match:
        return None
    year, month, day, d, m, y = match.groups()
    if y:
        year, month, day = y, m, d
    start = f"{year}-{int(month or 1):02d}-{int(day or 1):02d}"
    return start, f"{year}-{int(month or 12):02d}-{int(day or 31):02d}"
