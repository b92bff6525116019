"""The default engine: tantivy (https://github.com/quickwit-oss/tantivy-py).

Texts are indexed folded (no diacritics, ``đ`` → ``d``, lower case), so a query without diacritics
finds everything; the field ``exact`` keeps the accented words, so that a query with diacritics
ranks exact matches first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tantivy

from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.index.fields import ANYWHERE, EXACT, TOGETHER
from dossier.index.interface import FACETS, Engine, Found, IndexedDocument, Sort, Stored, Writer, facet
from dossier.index.query import number_tokens
from dossier.index.tree import All, Either, Everything, Node, Not, Span, Term, Words
from dossier.vietnamese import spellings

VERSION = 3  # raise when fields or tokenizers change: an older index is then made anew
_HEAP = 128_000_000  # bytes for the writer's buffers
_THREADS = 2
_KEYWORDS = ("path", "type", "kind", "items", "dossier", "states", "unit_name", "year", "number_symbol")
_TEXTS = ("number", "abstract", "head", "issuing_body", "dossier_name", "signer", "name", "unit", "body")
_STORED = ("path", "type", "items", "dossier", "number_symbol", "abstract", "body")
# Of two documents with equal scores the newer stands first: a date weighs less than any word.
_PER_DAY = 3e-7
_FIRST_DAY = 693_000  # ordinal of a day in 1898; what is older counts as from there


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    counted = set(FACETS.values())
    for name in _KEYWORDS:
        builder.add_text_field(
            name, stored=name in _STORED, fast=name in counted, tokenizer_name="raw", index_option="basic"
        )
    for name in _TEXTS:
        builder.add_text_field(name, stored=name in _STORED, tokenizer_name="folded", index_option="position")
    builder.add_text_field("exact", tokenizer_name="accented", index_option="basic")
    builder.add_text_field("number_key", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("date", stored=True, indexed=True, fast=True)
    builder.add_float_field("newness", fast=True)
    builder.add_unsigned_field("ordinal", stored=True)
    builder.add_unsigned_field("first_page", stored=True)
    return builder.build()


@contextmanager
def _told() -> Iterator[None]:
    """Damaged files as an error of this tool, however the library reports them."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise IndexUnusableError(_("Chỉ mục bị hỏng: {why}.").format(why=error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the library's own; no subclass of Exception
            raise
        raise IndexUnusableError(_("Chỉ mục bị hỏng: {why}.").format(why=error)) from error


class TantivyEngine(Engine):
    """See the module. ``anew``: make an index in the empty ``folder`` instead of opening the one there."""

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        self._schema = _schema()
        with _told():
            if anew:
                self._index = tantivy.Index(self._schema, path=str(folder))
            else:
                self._index = tantivy.Index.open(str(folder))
        simple = tantivy.Tokenizer.simple
        lower, fold = tantivy.Filter.lowercase, tantivy.Filter.ascii_fold
        folded = tantivy.TextAnalyzerBuilder(simple()).filter(lower()).filter(fold()).build()
        accented = tantivy.TextAnalyzerBuilder(simple()).filter(lower()).build()
        self._index.register_tokenizer("folded", folded)
        self._index.register_tokenizer("accented", accented)

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """As in :class:`Engine`. A lock file left by a killed process does not block: the operating
        system's lock went with it."""
        try:
            writer = self._index.writer(_HEAP, _THREADS)
        except ValueError as error:
            raise IndexUnusableError(
                _("Không ghi được vào chỉ mục: {why}.").format(why=error),
                _("Đợi tiến trình khác xong, hoặc kiểm tra chỗ trống và quyền ghi, rồi chạy lại."),
            ) from error
        try:
            yield _Writer(writer)
            writer.commit()
            writer.garbage_collect_files()
        except (OSError, ValueError) as error:
            raise IndexUnusableError(
                _("Không ghi được vào chỉ mục: {why}.").format(why=error),
                _("Kiểm tra chỗ trống trên đĩa rồi chạy lại; không có tài liệu nào bị mất."),
            ) from error
        finally:
            writer.wait_merging_threads()
        self._index.reload()

    def count(self) -> int:
        """As in :class:`Engine`."""
        with _told():
            return int(self._index.searcher().num_docs)

    def paths(self) -> Iterator[str]:
        """As in :class:`Engine`."""
        with _told():
            everything, searcher = tantivy.Query.all_query(), self._index.searcher()
            found = searcher.search(everything, limit=max(searcher.num_docs, 1))
            every: list[Any] = [searcher.doc(address).get_first("path") for _score, address in found.hits]
            yield from dict.fromkeys(every)

    def terms(self, field: str, prefix: str = "") -> list[tuple[str, int]]:
        """As in :class:`Engine`."""
        with _told():
            return self._index.searcher().terms_with_prefix(field, prefix)

    def find(self, tree: Node, *, sort: Sort, limit: int, offset: int, exact: bool, facets: bool) -> Found:
        """As in :class:`Engine`."""
        with _told():
            compiled = _Compiler(self._schema, exact).compile(tree)
            searcher = self._index.searcher()
            found: Any = searcher.search(compiled, limit=max(limit, 1), offset=offset, **_order(sort))
            documents = tuple(_stored(searcher.doc(address), key) for key, address in found.hits[:limit])
            counts = _counts(searcher, compiled) if facets else {}
        return Found(found.count or 0, documents, counts)


def _order(sort: Sort) -> dict[str, Any]:
    if sort is Sort.DATE:
        return {"order_by_field": "date"}
    if sort is Sort.NUMBER:
        return {"order_by_field": "number_key", "order": tantivy.Order.Asc}
    return {"weight_by_field": "newness"}


def _counts(searcher: tantivy.Searcher, compiled: tantivy.Query) -> dict[str, Any]:
    asked = {name: {"terms": {"field": field, "size": 1000}} for name, field in FACETS.items()}
    answer = searcher.aggregate(compiled, asked)
    return {
        name: facet(name, {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]})
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
        body=first("body") or "",
        first_page=first("first_page") or 1,
    )


class _Compiler:
    """From the tree to the library's queries."""

    def __init__(self, schema: tantivy.Schema, exact: bool) -> None:
        self._schema = schema
        self._exact = exact

    def compile(self, node: Node) -> tantivy.Query:
        query, occur = tantivy.Query, tantivy.Occur
        match node:
            case Words():
                return self._words(node)
            case Term(field, value):
                return query.const_score_query(query.term_query(self._schema, field, value), 0.0)
            case Span(first, last):
                return query.const_score_query(self._span(first, last), 0.0)
            case Everything():
                return query.all_query()
            case All(of, lifts):
                return self._all(of, lifts)
            case Either(of):
                return query.boolean_query([(occur.Should, self.compile(part)) for part in of])
            case Not(what):
                return query.boolean_query(
                    [(occur.Must, query.all_query()), (occur.MustNot, self.compile(what))]
                )

    def _all(self, of: Sequence[Node], lifts: Sequence[Words]) -> tantivy.Query:
        occur = tantivy.Occur
        clauses = [
            (occur.MustNot, self.compile(part.what))
            if isinstance(part, Not)
            else (occur.Must, self.compile(part))
            for part in of
        ]
        if all(isinstance(part, Not) for part in of):
            clauses.append((occur.Must, tantivy.Query.all_query()))
        clauses += [(occur.Should, self._anyhow(lift, TOGETHER)) for lift in lifts]
        return tantivy.Query.boolean_query(clauses)

    def _words(self, node: Words) -> tantivy.Query:
        query, occur = tantivy.Query, tantivy.Occur
        found = self._anyhow(node, ANYWHERE)
        if not node.exact or node.prefix:
            return found
        how = occur.Must if self._exact else occur.Should
        exact = [(how, query.boost_query(self._spelt(word), EXACT)) for word in node.exact]
        return query.boolean_query([(occur.Must, found), *exact])

    def _spelt(self, word: str) -> tantivy.Query:
        # The index has texts as they were written: making one spelling of every word takes longer
        # than indexing it.
        every = [tantivy.Query.term_query(self._schema, "exact", way) for way in spellings(word)]
        if len(every) == 1:
            return every[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, way) for way in every])

    def _anyhow(self, node: Words, places: Any) -> tantivy.Query:
        chosen = {node.field: places.get(node.field, 1.0)} if node.field else places
        choices = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._in(field, node), boost))
            for field, boost in chosen.items()
        ]
        return choices[0][1] if len(choices) == 1 else tantivy.Query.boolean_query(choices)

    def _in(self, field: str, node: Words) -> tantivy.Query:
        query = tantivy.Query
        tokens = number_tokens(" ".join(node.folded)) if field == "number" else list(node.folded)
        if node.prefix:
            if len(tokens) == 1:
                return query.regex_query(self._schema, field, tokens[0] + ".*")
            return query.regex_phrase_query(self._schema, field, [*tokens[:-1], tokens[-1] + ".*"])
        if len(tokens) == 1:
            return query.term_query(self._schema, field, tokens[0])
        return query.phrase_query(self._schema, field, [*tokens])

    def _span(self, first: str | None, last: str | None) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            "date",
            tantivy.FieldType.Unsigned,
            int(first.replace("-", "")) if first else 1,
            int(last.replace("-", "")) if last else 99_999_999,
        )


class _Writer(Writer):
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def replace(self, path: str, documents: Sequence[IndexedDocument]) -> None:
        """As in :class:`Writer`."""
        self.remove(path)
        for document in documents:
            self._writer.add_document(_document(document))

    def remove(self, path: str) -> None:
        """As in :class:`Writer`."""
        self._writer.delete_documents_by_term("path", path)


def _document(source: IndexedDocument) -> tantivy.Document:
    made = tantivy.Document()
    for field, values in source.keywords().items():
        for value in values:
            made.add_text(field, value)
    for field, text in source.texts().items():
        if text:
            made.add_text(field, text)
    made.add_text("exact", source.accented())
    made.add_text("number_key", source.number_key())
    made.add_unsigned("date", source.day())
    newness = source.date.toordinal() - _FIRST_DAY if source.date else 0
    made.add_float("newness", max(newness, 0) * _PER_DAY)
    made.add_unsigned("ordinal", source.ordinal)
    made.add_unsigned("first_page", source.first_page)
    return made
