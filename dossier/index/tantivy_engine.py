"""The default engine: tantivy (https://github.com/quickwit-oss/tantivy-py).

Texts are indexed folded (no diacritics, ``đ`` → ``d``, lower case), so a query without diacritics
finds everything; the field ``exact`` keeps the accented words, so that a query with diacritics
ranks exact matches first. ``body`` has pairs of common syllables beside its words
(:mod:`dossier.index.pairs`); the unchanged text is in ``text``.
"""

from __future__ import annotations

import errno
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.index import pairs
from dossier.index.folder import linked, may_lock, open_to_all, sync
from dossier.index.interface import (
    FACETS,
    KEYWORDS,
    TEXTS,
    Engine,
    EngineResult,
    IndexedDocument,
    SearchOptions,
    Sort,
    Stored,
    Writer,
    facet,
)
from dossier.index.tantivy_tree import Compiler
from dossier.index.tree import Node
from dossier.os_errors import in_words

_HEAP = 128_000_000  # bytes for the writer's buffers
_THREADS = 2
_STORED = ("path", "type", "items", "dossier", "number_symbol", "abstract", "dossier_name", "kind")
# Newer documents come first among equal scores: a day weighs less than any word.
_PER_DAY = 3e-7
_FIRST_DAY = 693_000  # ordinal of a day in 1898, to which older dates are clamped
_OF_SYSTEM = re.compile(r"\(os error (\d+)\)")  # how the library repeats what the operating system said


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    counted = set(FACETS.values())
    for name in KEYWORDS:
        builder.add_text_field(
            name, stored=name in _STORED, fast=name in counted, tokenizer_name="raw", index_option="basic"
        )
    for name in TEXTS:
        tokenizer = "paired" if name == "body" else "folded"
        stored = name in _STORED
        builder.add_text_field(name, stored=stored, tokenizer_name=tokenizer, index_option="position")
    builder.add_bytes_field("text", stored=True, indexed=False)
    builder.add_text_field("exact", tokenizer_name="accented", index_option="basic")
    builder.add_text_field("number_key", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("date", stored=True, indexed=True, fast=True)
    builder.add_float_field("newness", fast=True)
    builder.add_unsigned_field("ordinal", stored=True)
    builder.add_unsigned_field("first_page", stored=True)
    return builder.build()


@lru_cache(maxsize=1)
def _paired() -> tantivy.TextAnalyzer:
    # Splits a token into a syllable and the pair it begins, both at the same position.
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    return builder.filter(tantivy.Filter.split_compound(pairs.PARTS)).build()


@contextmanager
def _damage_reported() -> Iterator[None]:
    """Convert the library's errors on damaged files to :class:`IndexUnusableError`."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexUnusableError(_("Chỉ mục bị hỏng: {why}.").format(why=_why(error))) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own; no subclass of Exception
            raise
        raise IndexUnusableError(_("Chỉ mục bị hỏng: {why}.").format(why=_why(error))) from error


def _why(error: BaseException) -> str:
    """The reason in the reader's language; a thread that writes only says that it was probably the disk."""
    if told := _OF_SYSTEM.search(str(error)):
        return in_words(OSError(int(told[1]), str(error)))
    return in_words(OSError(errno.EIO, "")) if "io::Error" in str(error) else in_words(error)


class TantivyEngine(Engine):
    """See the module. ``anew``: create an index in the empty ``folder`` instead of opening one."""

    # Raise when fields or tokenizers change: an older index is then made anew.
    VERSION = 11

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        self._schema = _schema()
        self._folder = folder
        with _damage_reported():
            if anew:
                self._index = tantivy.Index(self._schema, path=str(folder))
            else:
                self._links = None if may_lock(folder) else linked(folder)
                self._index = tantivy.Index.open(self._links.name if self._links else str(folder))
        simple = tantivy.Tokenizer.simple
        lower, fold = tantivy.Filter.lowercase, tantivy.Filter.ascii_fold
        folded = tantivy.TextAnalyzerBuilder(simple()).filter(lower()).filter(fold()).build()
        accented = tantivy.TextAnalyzerBuilder(simple()).filter(lower()).build()
        self._index.register_tokenizer("folded", folded)
        self._index.register_tokenizer("accented", accented)
        self._index.register_tokenizer("paired", _paired())

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """As in :class:`Engine`. A lock file left by a killed process does not block: the operating
        system released its lock."""
        try:
            writer = self._index.writer(_HEAP, _THREADS)
        except ValueError as error:
            raise IndexUnusableError(
                _("Không ghi được vào chỉ mục: {why}.").format(why=_why(error)),
                _("Đợi tiến trình khác xong, hoặc kiểm tra chỗ trống và quyền ghi, rồi chạy lại."),
            ) from error
        try:
            yield _Writer(writer)
            writer.commit()
            sync(self._folder)
            open_to_all(self._folder)
            writer.garbage_collect_files()
        except (OSError, ValueError) as error:
            raise IndexUnusableError(
                _("Không ghi được vào chỉ mục: {why}.").format(why=_why(error)),
                _("Kiểm tra chỗ trống trên đĩa rồi chạy lại; không có tài liệu nào bị mất."),
            ) from error
        finally:
            with suppress(ValueError):  # a thread that failed was told of; what is committed stays
                writer.wait_merging_threads()
        open_to_all(self._folder)
        self._index.reload()

    def count(self) -> int:
        """As in :class:`Engine`."""
        with _damage_reported():
            return int(self._index.searcher().num_docs)

    def paths(self) -> Iterator[str]:
        """As in :class:`Engine`."""
        with _damage_reported():
            everything, searcher = tantivy.Query.all_query(), self._index.searcher()
            found = searcher.search(everything, limit=max(searcher.num_docs, 1))
            every: list[Any] = [searcher.doc(address).get_first("path") for _score, address in found.hits]
            yield from dict.fromkeys(every)

    def terms(self, field: str, prefix: str = "") -> list[tuple[str, int]]:
        """As in :class:`Engine`."""
        with _damage_reported():
            searcher = self._index.searcher()
            if field != "body":
                return searcher.terms_with_prefix(field, prefix)
            found = [
                pair
                for start in pairs.indexed_prefixes(prefix)
                for pair in searcher.terms_with_prefix(field, start)
            ]
        return [(word, count) for term, count in dict(found).items() if (word := pairs.plain_word(term))]

    def find(self, tree: Node, options: SearchOptions) -> EngineResult:
        """As in :class:`Engine`."""
        with _damage_reported():
            searcher = self._index.searcher()
            compiled = Compiler(self._schema, searcher, options.exact).boosted(tree)
            last = options.offset + options.limit
            found: Any = searcher.search(compiled, limit=max(last, 1), **_order(options.sort))
            counted = _counts(searcher, compiled) if options.facets else {}
            shown = found.hits[options.offset :]
            documents = tuple(_stored(searcher.doc(address), key) for key, address in shown)
        return EngineResult(
            found.count or 0, documents, {name: facet(name, counts) for name, counts in counted.items()}
        )


def _order(sort: Sort) -> dict[str, Any]:
    if sort is Sort.DATE:
        return {"order_by_field": "date"}
    if sort is Sort.NUMBER:
        return {"order_by_field": "number_key", "order": tantivy.Order.Asc}
    return {"weight_by_field": "newness"}


def _counts(searcher: tantivy.Searcher, compiled: tantivy.Query) -> dict[str, Counter[Any]]:
    asked = {name: {"terms": {"field": field, "size": 1000}} for name, field in FACETS.items()}
    answer = searcher.aggregate(compiled, asked)
    return {
        name: Counter({bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]})
        for name in FACETS
    }


def _stored(doc: Any, key: Any) -> Stored:
    first = doc.get_first
    return Stored(
        path=first("path"),
        ordinal=first("ordinal"),
        score=float(key) if isinstance(key, float) else 0.0,
        number_symbol=first("number_symbol") or "",
        day=first("date") or 0,
        type=first("type") or "",
        items=tuple(doc.get_all("items")),
        dossier=first("dossier") or "",
        abstract=first("abstract") or "",
        body=(first("text") or b"").decode("utf-8"),
        first_page=first("first_page") or 1,
        dossier_name=first("dossier_name") or "",
        kind=first("kind") or "",
    )


class _Writer(Writer):
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, document: IndexedDocument) -> None:
        """As in :class:`Writer`."""
        self._writer.add_document(_document(document))

    def remove(self, path: str) -> None:
        """As in :class:`Writer`."""
        self._writer.delete_documents_by_term("path", path)


def _document(source: IndexedDocument) -> tantivy.Document:
    made = tantivy.Document()
    for field, values in source.keywords().items():
        for value in values:
            made.add_text(field, value)
    texts = source.texts()
    made.add_bytes("text", texts["body"].encode("utf-8"))
    texts["body"] = pairs.with_pairs(texts["body"])
    for field, text in texts.items():
        if text:
            made.add_text(field, text)
    made.add_text("exact", source.accented())
    made.add_text("number_key", source.number_key())
    made.add_unsigned("date", source.day())
    newness = source.ordinal_day() - _FIRST_DAY
    made.add_float("newness", max(newness, 0) * _PER_DAY)
    made.add_unsigned("ordinal", source.ordinal)
    made.add_unsigned("first_page", source.first_page)
    return made
