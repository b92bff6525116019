"""Parse a query typed by a person into a tree.

Parsed by Whoosh's ``qparser``: words (all required by default), ``"phrases"``, ``OR``/``HOẶC``,
``NOT``/``KHÔNG``/``-``, ``prefix*`` and fields in Vietnamese and English. Text that cannot be parsed is
searched as plain words, with a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dossier.checklists.vocabulary import current
from dossier.i18n import _
from dossier.index import fields
from dossier.index.fields import MEANT, by_code
from dossier.index.times import in_figures, with_times
from dossier.index.tree import (
    All,
    Boost,
    DateSpan,
    Either,
    Everything,
    Node,
    Not,
    Term,
    Words,
    of_numbers,
    parse_span,
    plain_word,
)
from dossier.vietnamese import marked_words, nfc, slug, words

if TYPE_CHECKING:
    from whoosh.qparser import QueryParser


def boosts_of(tokens: Sequence[str]) -> Iterator[Boost]:
    """Yield boosts for a phrase, parts of a number and symbol, a type, a date, and an item."""
    yield Words(tuple(tokens))
    for at, word in enumerate(tokens):
        if word.isdigit() and len(word) < 6:
            for end in range(at + 2, min(at + 5, len(tokens)) + 1):
                if end - at < len(tokens):
                    yield Words(tuple(tokens[at:end]), field="number")
        if word == "muc" and (number := "".join(tokens[at + 1 : at + 2])).isdigit():
            yield Term("items", number.lstrip("0") or number, MEANT)
    yield from _types(tokens)
    if time := _time(tokens):
        yield DateSpan(time.first, time.last, MEANT)


def may_number(word: str) -> bool:
    """Whether a word may be a document's number rather than a year."""
    return word.isdigit() and not _is_year(word)


def _is_year(word: str) -> bool:
    return len(word) == 4 and word[:2] in ("19", "20") and word.isdigit()


def _types(tokens: Sequence[str]) -> Iterator[Term]:
    names, codes = current().names, by_code()
    longest = max(name.count("-") for name in names) + 1  # syllables of a type's name
    at = 0
    while at < len(tokens):
        for length in range(min(longest, len(tokens) - at), 0, -1):
            name = "-".join(tokens[at : at + length])
            # A single syllable is more likely an ordinary word: “sổ”, “đơn”.
            name = name if length > 1 and name in names else codes.get(name, "")
            if name:
                yield Term("type", name, MEANT)
                at += length - 1
                break
        at += 1


def _time(tokens: Sequence[str]) -> DateSpan | None:
    """The last date among the words: ``ngày 5 tháng 3 năm 2023``, ``tháng 3 năm 2023``, ``2023``."""
    for at, year in reversed([*enumerate(tokens)]):
        if _is_year(year):
            before = [word for word in tokens[:at] if word != "nam"][-4:]
            month = before[-1] if before[-2:-1] == ["thang"] else ""
            day = before[-3] if month and len(before) == 4 and before[0] == "ngay" else ""
            return of_numbers(year, month, day) or of_numbers(year)
    return None


_ANYWHERE = "text"  # the parser's name for “no field”
MAX_CHARS = 1000
MAX_WORDS = 64
_OPERATORS = re.compile(r"\b(HOẶC|KHÔNG|VÀ)\b")
_ENGLISH = {"HOẶC": "OR", "KHÔNG": "NOT", "VÀ": "AND"}
_SYNTAX = re.compile(r"""[^\w\s./,-]|(?<!\S)(?:AND|OR|NOT)(?!\S)""")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
MINUS = re.compile(r"(?<!\S)-(?=[^\s-])")
_COLON = re.compile(r"([^:]*)(:?)( *)")
_LONGEST_NAME = 4  # words of a field's name
# A field's name and the words after its colon, up to the next field.
_VALUED = re.compile(r"(?<![\w])(\w+):([^\s:()]+(?: [^\s:()]+(?![\w-]*:)){1,5})")
_OWN = Term("states", fields.OWN, fields.OWNED)
_PIECES = re.compile(r"[0-9]+|[a-z]+")


@dataclass(frozen=True, slots=True)
class Query:
    """The tree (``None``: an empty query) and notes for the person about its interpretation."""

    tree: Node | None
    notes: tuple[str, ...] = ()


def parse(text: str) -> Query:
    """Parse ``text``. Never raises."""
    reading = _Reading()
    clean = _CONTROL.sub(" ", nfc(text)).strip()
    if len(clean) > MAX_CHARS:
        clean = clean[:MAX_CHARS]
        reading.say(_("Câu tìm quá dài; chỉ dùng {count} ký tự đầu.").format(count=MAX_CHARS))
    if clean == "*":
        return Query(Everything())
    if clean.count('"') % 2:
        clean = clean.replace('"', " ")
        reading.say(_("Thiếu một dấu ngoặc kép; đã tìm như các từ thường."))
    prepared = _prepared(clean)
    try:
        plain = not _SYNTAX.search(prepared)  # most are; loading the parser takes longer than the search
        tree = reading.plain(prepared) if plain else reading.tree(_parser().parse(prepared))
    except Exception:  # noqa: BLE001  a third-party parser on hostile text: fall back to plain words
        tree = None
    if tree is None:
        tree = reading.plain(clean)
        if tree is not None:
            reading.say(_("Không hiểu cú pháp; đã tìm như các từ thường."))
    if isinstance(tree, Words):
        tree = _all([tree])
    if _only_not(tree):
        reading.say(_("Cần ít nhất một từ không bị loại trừ."))
        tree = None
    return Query(tree, tuple(reading.notes))


def _prepared(text: str) -> str:
    """Translate operators and field names for the parser; quoted text is left unchanged.

    In a title copied in capitals ``VÀ`` is no operator.
    """
    parts = text.split('"')
    for at in range(0, len(parts), 2):
        part = parts[at] if text.isupper() else _OPERATORS.sub(lambda match: _ENGLISH[match[1]], parts[at])
        parts[at] = _values(_fields(MINUS.sub("NOT ", part)))
    return '"'.join(parts)


def _fields(text: str) -> str:
    """Replace names of fields by single words: ``hồ sơ: camera`` becomes ``hoso:camera``."""
    made = ""
    for before, colon, blanks in _COLON.findall(text):
        own = before.split(" ")
        for length in range(min(_LONGEST_NAME, len(own)), 0, -1) if colon else ():
            name = " ".join(own[-length:]).lstrip("(")
            if fields.field_of(name):
                head = before.rstrip(" ")[: len(before.rstrip(" ")) - len(name)]
                before, blanks = head + slug(name).replace("-", ""), ""
                break
        made += before + colon + blanks
    return made


def _values(text: str) -> str:
    """Quote values of several words in fields with fixed values: ``loai:"quyết định"``."""
    made, rest = "", text
    while found := _VALUED.search(rest):
        tokens = found[2].split(" ")
        length = fields.longest_value(fields.field_of(found[1]), [each.strip(",;.") for each in tokens])
        value = " ".join(tokens[:length])
        if length > 1:
            value = '"{}"'.format(value.strip(",;."))
        made += f"{rest[: found.start()]}{found[1]}:{value}"
        rest = rest[found.start(2) + len(" ".join(tokens[:length])) :]
    return made + rest


def _only_not(node: Node | None) -> bool:
    match node:
        case Not():
            return True
        case All(of) | Either(of):
            return all(_only_not(part) for part in of)
        case _:
            return False


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


@dataclass(slots=True)
class _Reading:
    """State while a query is parsed: the notes so far, and the remaining number of words."""

    notes: list[str] = field(default_factory=list)
    budget: int = MAX_WORDS

    def say(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def tree(self, node: Any) -> Node | None:
        from whoosh import query

        if isinstance(node, query.compound.CompoundQuery):
            children = [child for each in node if (child := self.tree(each)) is not None]
            if not children:
                return None
            return Either(tuple(children)) if isinstance(node, query.Or) else _all(children)
        if isinstance(node, query.Not):
            inner = self.tree(node.query)
            return None if inner is None else Not(inner)
        if isinstance(node, query.Phrase):
            return self.leaf(" ".join(node.words), node.fieldname)
        if isinstance(node, query.Prefix):
            return self.leaf(node.text, node.fieldname, prefix=True)
        if isinstance(node, query.Term):
            return self.leaf(node.text, node.fieldname)
        return None

    def plain(self, text: str) -> Node | None:
        found = [leaf for word in text.split() if (leaf := self.leaf(word, _ANYWHERE)) is not None]
        return _all(found) if found else None

    def leaf(self, text: str, name: str, *, prefix: bool = False) -> Node | None:
        """Convert a word, a phrase or a field of the query."""
        if name == _ANYWHERE:
            plain = self.words(text, prefix=prefix)
            time = None if prefix or plain is None else in_figures(text)
            return All((time,), (_OWN,)) if time else plain
        known = fields.field_of(name)
        if not known:
            self.say(
                _("Không có trường “{name}”; đã tìm như các từ thường. Các trường: {known}.").format(
                    name=name, known=", ".join(fields.SHOWN)
                )
            )
            return self.words(f"{name} {text}", prefix=prefix)
        make = _MAKERS.get(known)
        if make is None:
            return self.words(text, known, prefix=prefix)
        made = make(text, prefix)
        if made is None and words(text):
            self.say(
                _("Không hiểu “{name}:{text}”; đã tìm như các từ thường.").format(name=name, text=text)
                + _HINTS.get(known, lambda: "")()
            )
            return self.words(text, prefix=prefix)
        return made

    def words(self, text: str, known: str = "", *, prefix: bool = False) -> Node | None:
        every = words(text.translate(fields.RAISED)).split()
        folded = every[: max(self.budget, 0)]
        self.budget -= len(folded)
        if len(folded) < len(every):
            self.say(_("Câu tìm có quá nhiều từ; chỉ dùng {count} từ đầu.").format(count=MAX_WORDS))
        if not folded:
            return None
        exact = tuple(exact_tokens(text)[: len(folded)])
        return Words(tuple(folded), exact, known, prefix)


def _all(children: list[Node]) -> Node:
    run = [c for c in children if isinstance(c, Words) and not c.field and not c.prefix]
    tokens = [token for each in run for token in each.folded]
    boosts: list[Boost] = [_OWN] if any(map(may_number, tokens)) else []
    if len(children) > 1 and len(tokens) > 1:
        boosts = [*boosts_of(tokens), *boosts]
    if len(children) == 1 and not boosts:
        return children[0]
    asked = with_times(_with_said_numbers(_without_announcing(children)))
    return All(tuple(dict.fromkeys(asked)), tuple(boosts))


def _without_announcing(nodes: Sequence[Node]) -> Sequence[Node]:
    """The nodes without words that only announce a title, which many documents with that title lack."""
    kept: list[Node] = []
    for node in nodes:
        said = node.folded if isinstance(node, Words) and not node.field else ()
        if said == ("v", "v"):
            continue
        if said == ("viec",) and kept and plain_word(kept[-1]) == "ve":
            kept.pop()
            continue
        kept.append(node)
    return kept or nodes


def _with_said_numbers(nodes: Sequence[Node]) -> list[Node]:
    """Replace ``số 22/HD`` among the nodes by what finds the document of that number, and those that name
    it."""
    made: list[Node] = []
    for node in nodes:
        called = bool(made) and plain_word(made[-1]) == "so"
        if called and isinstance(node, Words) and not node.field and node.folded[0].isdigit():
            own = Words(tuple(number_tokens(" ".join(node.folded))), (), "number", node.prefix)
            named = replace(node, folded=("so", *node.folded), exact=())
            made[-1] = All((Either((own, named)),), (own, _OWN))
        else:
            made.append(node)
    return made


def _number(text: str, prefix: bool) -> Node | None:
    tokens = tuple(number_tokens(text))
    if not tokens:
        return None
    return All((Words(tokens, (), "number", prefix),), (_OWN,))


def _type(text: str, _prefix: bool) -> Node | None:
    return Term("type", name) if (name := fields.type_of(text)) else None


def _item(text: str, _prefix: bool) -> Node | None:
    return Term("items", value) if (value := fields.item_of(text)) else None


def _kind(text: str, _prefix: bool) -> Node | None:
    return Term("kind", value) if (value := fields.kind_of(text)) else None


def _state(text: str, _prefix: bool) -> Node | None:
    return Term("states", state) if (state := fields.state_of(text)) else None


def number_tokens(text: str) -> list[str]:
    """Split a number and symbol into tokens: leading zeros dropped, digits separated from letters.

    ``05-NQ/ĐU`` → ``5 nq du``; ``22HD-BCA-V05`` → ``22 hd bca v 5``.
    """
    return [piece.lstrip("0") or piece for piece in _PIECES.findall(words(text))]


def exact_tokens(text: str) -> list[str]:
    """Lower-case words with diacritics; old and new tone placement are unified."""
    return marked_words(text).split()


def _date(text: str, _prefix: bool) -> Node | None:
    return parse_span(text)


_MAKERS: dict[str, Callable[[str, bool], Node | None]] = {
    "number": _number, "type": _type, "date": _date, "items": _item, "kind": _kind,
    "states": _state,
}  # fmt: skip
_HINTS: dict[str, Callable[[], str]] = {
    "date": lambda: _(" Ngày viết 2023, 2023-03, 2023-03-05, 05/03/2023 hoặc 2022-01..2023-06."),
    "states": lambda: _(" Các trạng thái: {states}.").format(
        states=", ".join(dict.fromkeys(fields.STATES.values()))
    ),
}
