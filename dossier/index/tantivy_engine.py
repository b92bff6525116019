"""The default engine: tantivy (https://github.com/quickwit-oss/tantivy-py).

Texts are indexed folded (no diacritics, ``đ`` → ``d``, lower case), so a query without diacritics
finds everything; the field ``exact`` keeps the accented words, so that a query with diacritics
ranks exact matches first.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import tantivy

from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.index.interface import MARK, Filters, Hit, Index, IndexedDocument, Results, Sort, Writer
from dossier.index.query import All, Either, Node, Not, Span, Words, number_tokens, parse
from dossier.index.snippets import snippet
from dossier.vietnamese import nfc, words

_HEAP = 128_000_000  # bytes for the writer's buffers
# Field and boost: where an unqualified word may stand.
_ANYWHERE = (("abstract", 3.0), ("number", 4.0), ("name", 1.5), ("issuing_body", 1.5), ("body", 1.0))
_FORMAT = "1"  # raise when fields or tokenizers change: an older index is then made anew


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("path", "type", "kind", "items", "dossier"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    for name in ("number", "abstract", "issuing_body", "dossier_name", "signer", "name"):
        builder.add_text_field(name, tokenizer_name="folded", index_option="position")
    builder.add_text_field("body", stored=True, tokenizer_name="folded", index_option="position")
    builder.add_text_field("exact", tokenizer_name="accented", index_option="basic")
    builder.add_text_field("number_symbol", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("number_sort", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("date", stored=True, indexed=True, fast=True)
    builder.add_unsigned_field("ordinal", stored=True)
    return builder.build()


class TantivyIndex(Index):
    """See the module. ``folder`` is made when it is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.empty_because = ""
        self._schema = _schema()
        self._index = self._open()
        simple = tantivy.Tokenizer.simple
        lower, fold = tantivy.Filter.lowercase, tantivy.Filter.ascii_fold
        folded = tantivy.TextAnalyzerBuilder(simple()).filter(lower()).filter(fold()).build()
        accented = tantivy.TextAnalyzerBuilder(simple()).filter(lower()).build()
        self._index.register_tokenizer("folded", folded)
        self._index.register_tokenizer("accented", accented)

    def _open(self) -> Any:
        try:
            mark = self._folder / MARK
            if mark.exists() and mark.read_text() == _FORMAT:
                return tantivy.Index.open(str(self._folder))
        except (OSError, ValueError):
            self.empty_because = _("Chỉ mục cũ bị hỏng nên được dựng lại.")
        self.empty_because = self.empty_because or _("Chưa có chỉ mục.")
        try:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder.mkdir(parents=True)
            made = tantivy.Index(self._schema, path=str(self._folder))
        except (OSError, ValueError) as error:
            raise IndexUnusableError(
                _("Không tạo được chỉ mục tại {path}: {why}.").format(path=self._folder, why=error),
                _("Kiểm tra chỗ trống trên đĩa và quyền ghi, rồi chạy lại."),
            ) from error
        return made

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """As in :class:`Index`. A lock file left by a killed process does not block: the operating
        system's lock went with it."""
        try:
            writer = self._index.writer(_HEAP, 1)
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
        if self.empty_because:
            (self._folder / MARK).write_text(_FORMAT)
            self.empty_because = ""

    def count(self) -> int:
        """As in :class:`Index`."""
        return int(self._index.searcher().num_docs)

    def paths(self) -> Iterator[str]:
        """As in :class:`Index`."""
        searcher = self._index.searcher()
        seen = set()
        found = searcher.search(tantivy.Query.all_query(), limit=max(searcher.num_docs, 1))
        for _score, address in found.hits:
            path = searcher.doc(address).get_first("path")
            if path not in seen:
                seen.add(path)
                yield path

    def search(
        self,
        query: str,
        filters: Filters = Filters(),  # noqa: B008  frozen
        *,
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
    ) -> Results:
        """As in :class:`Index`."""
        started = time.perf_counter()
        asked = parse(query)
        if asked.tree is None and filters == Filters():
            note = asked.notes or (_("Hãy gõ ít nhất một từ để tìm."),)
            return Results(query, 0, 0.0, (), note)
        compiled = self._compile(asked.tree) if asked.tree else tantivy.Query.all_query()
        limits = [(tantivy.Occur.Must, part) for part in self._filters(filters)]
        if limits:
            compiled = tantivy.Query.boolean_query([(tantivy.Occur.Must, compiled), *limits])
        searcher = self._index.searcher()
        try:
            found = searcher.search(compiled, limit=max(limit, 1), offset=offset, **_order(sort))
        except (OSError, ValueError) as error:
            raise IndexUnusableError(_("Chỉ mục bị hỏng: {why}.").format(why=error)) from error
        marks, prefixes = _marked(asked.tree)
        hits = [self._hit(searcher.doc(address), key, marks, prefixes) for key, address in found.hits]
        if sort is Sort.RELEVANCE:
            # Newer above older where the engine sees no difference.
            hits.sort(key=lambda hit: (-round(hit.score, 2), -(hit.date.toordinal() if hit.date else 0)))
        took = (time.perf_counter() - started) * 1000
        return Results(query, found.count or 0, round(took, 2), tuple(hits[:limit]), asked.notes)

    def _hit(self, doc: Any, key: Any, marks: set[str], prefixes: set[str]) -> Hit:
        items = doc.get_all("items")
        number = doc.get_first("date") or 0
        return Hit(
            path=doc.get_first("path"),
            ordinal=doc.get_first("ordinal"),
            score=float(key) if isinstance(key, float) else 0.0,
            number_symbol=doc.get_first("number_symbol") or "",
            date=date(number // 10000, number // 100 % 100, number % 100) if number else None,
            type=doc.get_first("type") or "",
            item=int(items[0]) if items else None,
            dossier=doc.get_first("dossier"),
            snippet=snippet(doc.get_first("body") or "", marks, prefixes),
        )

    def _compile(self, node: Node) -> Any:
        query, occur = tantivy.Query, tantivy.Occur
        match node:
            case Words():
                return self._words(node)
            case Span(first, last):
                return self._span(first, last)
            case All(of):
                clauses = [
                    (occur.MustNot, self._compile(part.what))
                    if isinstance(part, Not)
                    else (occur.Must, self._compile(part))
                    for part in of
                ]
                if all(isinstance(part, Not) for part in of):
                    clauses.append((occur.Must, query.all_query()))
                return query.boolean_query(clauses)
            case Either(of):
                return query.boolean_query([(occur.Should, self._compile(part)) for part in of])
            case Not(what):
                return query.boolean_query(
                    [(occur.Must, query.all_query()), (occur.MustNot, self._compile(what))]
                )

    def _words(self, node: Words) -> Any:
        query, occur = tantivy.Query, tantivy.Occur
        if node.field in ("type", "kind", "item"):
            field = "items" if node.field == "item" else node.field
            return query.term_query(self._schema, field, node.folded[0])
        places = [(node.field, 1.0)] if node.field else list(_ANYWHERE)
        choices = []
        for field, boost in places:
            tokens = _as_number(node.folded) if field == "number" else list(node.folded)
            made = self._tokens(field, tokens, node.prefix)
            choices.append((occur.Should, query.boost_query(made, boost)))
        found = query.boolean_query(choices)
        if not node.exact or node.prefix:
            return found
        exact = [
            (occur.Should, query.boost_query(query.term_query(self._schema, "exact", word), 1.5))
            for word in node.exact
        ]
        return query.boolean_query([(occur.Must, found), *exact])

    def _tokens(self, field: str, tokens: list[str], prefix: bool) -> Any:
        query = tantivy.Query
        if prefix:
            if len(tokens) == 1:
                return query.regex_query(self._schema, field, tokens[0] + ".*")
            return query.phrase_prefix_query(self._schema, field, [*tokens])
        if len(tokens) == 1:
            return query.term_query(self._schema, field, tokens[0])
        return query.phrase_query(self._schema, field, [*tokens])

    def _span(self, first: str | None, last: str | None) -> Any:
        return tantivy.Query.range_query(
            self._schema,
            "date",
            tantivy.FieldType.Unsigned,
            int(first.replace("-", "")) if first else 1,
            int(last.replace("-", "")) if last else 99_999_999,
        )

    def _filters(self, filters: Filters) -> Iterator[Any]:
        query = tantivy.Query
        terms = {"kind": filters.kind, "type": filters.type, "items": filters.item}
        for field, value in terms.items():
            if value is not None:
                yield query.term_query(self._schema, field, str(value))
        if filters.date_from or filters.date_to:
            first = filters.date_from.isoformat() if filters.date_from else None
            last = filters.date_to.isoformat() if filters.date_to else None
            yield self._span(first, last)
        if filters.dossier:
            path = query.term_query(self._schema, "dossier", nfc(filters.dossier).strip("/"))
            name = words(filters.dossier).split()
            named = self._tokens("dossier_name", name, prefix=False) if name else path
            yield query.boolean_query([(tantivy.Occur.Should, path), (tantivy.Occur.Should, named)])


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


def _document(source: IndexedDocument) -> Any:
    made = tantivy.Document()
    texts = {
        "path": source.path,
        "type": source.type,
        "kind": source.kind,
        "dossier": source.dossier,
        "number_symbol": source.number_symbol,
        "number": " ".join(number_tokens(source.number_symbol)),
        "number_sort": " ".join(token.zfill(8) for token in number_tokens(source.number_symbol)),
        "abstract": source.abstract,
        "issuing_body": source.issuing_body,
        "dossier_name": source.dossier_name,
        "signer": source.signer,
        "name": source.name,
        "body": source.body,
        "exact": f"{source.abstract}\n{source.body}",
    }
    for field, text in texts.items():
        made.add_text(field, text)
    for item in source.items:
        made.add_text("items", str(item))
    made.add_unsigned("ordinal", source.ordinal)
    day = source.date
    made.add_unsigned("date", day.year * 10000 + day.month * 100 + day.day if day else 0)
    return made


def _as_number(tokens: Sequence[str]) -> list[str]:
    return [token.lstrip("0") or token for token in tokens]


def _order(sort: Sort) -> dict[str, Any]:
    if sort is Sort.DATE:
        return {"order_by_field": "date"}
    if sort is Sort.NUMBER:
        return {"order_by_field": "number_sort", "order": tantivy.Order.Asc}
    return {}


def _marked(node: Node | None) -> tuple[set[str], set[str]]:
    """Folded words, and beginnings of words, that a snippet marks."""
    match node:
        case Words(folded, field=field, prefix=prefix) if field in ("", "abstract", "number"):
            return (set(folded[:-1]), {folded[-1]}) if prefix else (set(folded), set())
        case All(of) | Either(of):
            found = [_marked(part) for part in of if not isinstance(part, Not)]
            return set().union(*(f[0] for f in found)), set().union(*(f[1] for f in found))
        case _:
            return set(), set()
