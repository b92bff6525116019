"""The engine in pure Python: Whoosh (https://github.com/Sygil-Dev/whoosh-reloaded).

Ten to a hundred times slower than the default engine; for machines where that one does not work.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from whoosh import analysis, index, query
from whoosh import fields as schema
from whoosh.query import spans
from whoosh.util.text import rcompile

from dossier.errors import IndexUnusableError
from dossier.i18n import _
from dossier.index.fields import ANYWHERE, EXACT, RAISED, TOGETHER
from dossier.index.folder import sync
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
from dossier.index.query import exact_tokens, number_tokens
from dossier.index.tree import All, Boost, DateSpan, Either, Everything, Node, Not, Term, Words
from dossier.os_errors import in_words
from dossier.vietnamese import words

_ATTEMPTS, _PAUSE = 9, 0.02  # seconds; more attempts than commits can interfere with
_SEPARATOR = "\x1f"  # between the values of a list


def _schema() -> schema.Schema:
    # Texts are folded already, with words separated by spaces.
    by_blanks = analysis.RegexTokenizer(rcompile(r"\S+"))
    values = analysis.RegexTokenizer(rcompile(f"[^{_SEPARATOR}]+"))
    made: dict[str, Any] = {name: schema.KEYWORD(analyzer=values) for name in KEYWORDS}
    made |= {name: schema.TEXT(analyzer=by_blanks, phrase=True) for name in TEXTS}
    made["exact"] = schema.TEXT(analyzer=by_blanks, phrase=False)
    made["number_key"] = schema.ID(sortable=True)
    made["date"] = schema.ID(sortable=True)  # eight digits
    made["document"] = schema.STORED()
    return schema.Schema(**made)


@contextmanager
def _damage_reported() -> Iterator[None]:
    """Convert the library's errors to :class:`IndexUnusableError`: damaged files raise many kinds."""
    try:
        yield
    except (MemoryError, RecursionError):
        raise
    except Exception as error:
        raise IndexUnusableError(_("Chỉ mục bị hỏng: {why}.").format(why=in_words(error))) from error


def _opened(folder: Path) -> Any:
    """Open the index in ``folder``. A commit may remove the files of the previous one while they are opened;
    then another attempt finds the new ones."""
    for _attempt in range(_ATTEMPTS):
        with suppress(FileNotFoundError):
            return index.open_dir(str(folder))
        time.sleep(_PAUSE)
    return index.open_dir(str(folder))


class WhooshEngine(Engine):
    """See the module. ``anew``: create an index in the empty ``folder`` instead of opening one."""

    # Raise when fields or analysis change: an older index is then made anew.
    VERSION = 6

    def __init__(self, folder: Path, *, anew: bool = False) -> None:
        self._folder = folder
        with _damage_reported():
            self._index = index.create_in(str(folder), _schema()) if anew else _opened(folder)
            self._held: Any = self._index.searcher()

    def _searcher(self) -> Any:
        """A searcher on the last commit; if this index was replaced and its files removed, the searcher that
        still holds them open."""
        held = self._held
        try:
            if held is None or self._index.latest_generation() != held.reader().generation():
                held = self._held = self._index.searcher()
        except (OSError, index.EmptyIndexError):
            if held is None or self._index.latest_generation() >= 0:
                raise
        return held

    @contextmanager
    def writer(self) -> Iterator[Writer]:
        """As in :class:`Engine`."""
        try:
            writer = self._index.writer(limitmb=128)
        except (OSError, index.LockError) as error:
            raise IndexUnusableError(
                _("Không ghi được vào chỉ mục: {why}.").format(why=in_words(error)),
                _("Đợi tiến trình khác xong, hoặc kiểm tra chỗ trống và quyền ghi, rồi chạy lại."),
            ) from error
        try:
            yield _Writer(writer)
        except BaseException:
            writer.cancel()
            raise
        self._held = None  # Windows removes no files that are open, and the commit those of the one before
        try:
            writer.commit()
            for file in self._folder.iterdir():  # the library syncs nothing
                sync(file)
            sync(self._folder)
            self._held = self._index.searcher()
        except OSError as error:
            raise IndexUnusableError(
                _("Không ghi được vào chỉ mục: {why}.").format(why=in_words(error)),
                _("Kiểm tra chỗ trống trên đĩa rồi chạy lại; không có tài liệu nào bị mất."),
            ) from error

    def count(self) -> int:
        """As in :class:`Engine`."""
        with _damage_reported():
            return int(self._index.doc_count())

    def paths(self) -> Iterator[str]:
        """As in :class:`Engine`."""
        with _damage_reported():
            searcher = self._searcher()
            yield from dict.fromkeys(stored["document"]["path"] for stored in searcher.documents())

    def terms(self, field: str, prefix: str = "") -> list[tuple[str, int]]:
        """As in :class:`Engine`."""
        with _damage_reported(), self._index.reader() as reader:
            return [
                (term.decode("utf-8"), reader.doc_frequency(field, term))
                for term in reader.expand_prefix(field, prefix)
            ]

    def find(self, tree: Node, options: SearchOptions) -> EngineResult:
        """As in :class:`Engine`."""
        compiled = _Compiler(options.exact).compile(tree)
        with _damage_reported():
            searcher = self._searcher()
            # Without a limit: the library counts and orders exactly only when it visits every match.
            scored = list(
                searcher.search(compiled, limit=None, scored=options.sort is Sort.RELEVANCE).items()
            )
            ranked = _ranked(searcher, scored, options.sort)
            documents = tuple(
                Stored(**searcher.stored_fields(number)["document"], score=score)
                for number, score in ranked[options.offset : options.offset + options.limit]
            )
            counts = _counts(searcher, [number for number, _score in ranked]) if options.facets else {}
        return EngineResult(len(ranked), documents, counts)


def _ranked(searcher: Any, scored: list[tuple[int, float]], sort: Sort) -> list[tuple[int, float]]:
    """Sort document numbers with their scores."""
    if not scored:
        return []
    if sort is Sort.NUMBER:
        keys = searcher.reader().column_reader("number_key")
        return sorted(((number, 0.0) for number, _score in scored), key=lambda pair: keys[pair[0]])
    days = searcher.reader().column_reader("date")
    if sort is Sort.DATE:
        return sorted(
            ((number, 0.0) for number, _score in scored), key=lambda pair: days[pair[0]], reverse=True
        )
    return sorted(scored, key=lambda pair: (-round(pair[1], 6), -int(days[pair[0]])))


def _counts(searcher: Any, numbers: Sequence[int]) -> dict[str, Any]:
    """Number of documents by value, for each facet."""
    wanted = set(numbers)
    reader = searcher.reader()
    return {
        name: facet(
            name,
            {
                value: count
                for term in reader.lexicon(field)
                if (value := term.decode("utf-8"))
                and (count := len(wanted.intersection(searcher.postings(field, term).all_ids())))
            },
        )
        for name, field in FACETS.items()
    }


class _Compiler:
    """Compiles query trees to the library's queries."""

    def __init__(self, exact: bool) -> None:
        self._exact = exact

    def compile(self, node: Node) -> query.Query:
        match node:
            case Words():
                return self._words(node)
            case Term(field, value, weight):
                return query.ConstantScoreQuery(query.Term(field, value), weight)
            case DateSpan(first, last, weight):
                low, high = (first or "0001").replace("-", ""), (last or "9999-99-99").replace("-", "")
                return query.ConstantScoreQuery(query.TermRange("date", low, high), weight)
            case Everything():
                return query.Every()
            case All(of, boosts):
                return self._all(of, boosts)
            case Either(of):
                return query.Or([self.compile(part) for part in of])
            case Not(what):
                return query.AndNot(query.Every(), self.compile(what))

    def _all(self, of: Sequence[Node], boosts: Sequence[Boost]) -> query.Query:
        wanted = [self.compile(part) for part in of if not isinstance(part, Not)]
        unwanted = [self.compile(part.what) for part in of if isinstance(part, Not)]
        made: query.Query = query.And(wanted) if wanted else query.Every()
        if unwanted:
            made = query.AndNot(made, query.Or(unwanted))
        if boosts:
            made = query.AndMaybe(made, query.Or([self._boost(boost) for boost in boosts]))
        return made

    def _boost(self, boost: Boost) -> query.Query:
        return self._anyhow(boost, TOGETHER) if isinstance(boost, Words) else self.compile(boost)

    def _words(self, node: Words) -> query.Query:
        found = self._anyhow(node, ANYWHERE)
        exact = [query.Term("exact", word, boost=EXACT) for word in node.marked()]
        if not exact or node.prefix:
            return found
        return query.And([found, *exact]) if self._exact else query.AndMaybe(found, query.Or(exact))

    def _anyhow(self, node: Words, places: Mapping[str, float]) -> query.Query:
        chosen = {node.field: places.get(node.field, 1.0)} if node.field else places
        choices = [self._in(field, node, boost) for field, boost in chosen.items()]
        return choices[0] if len(choices) == 1 else query.Or(choices)

    def _in(self, field: str, node: Words, boost: float) -> query.Query:
        tokens = number_tokens(" ".join(node.folded)) if field == "number" else list(node.folded)
        last: Callable[..., query.Query] = query.Prefix if node.prefix else query.Term
        if len(tokens) == 1:
            return last(field, tokens[0], boost=boost)
        if not node.prefix:
            return query.Phrase(field, tokens, boost=boost)
        # The library's phrases take whole words only.
        first: list[query.Query] = [query.Term(field, token) for token in tokens[:-1]]
        near: query.Query = spans.SpanNear2([*first, last(field, tokens[-1])])
        return near


class _Writer(Writer):
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, document: IndexedDocument) -> None:
        """As in :class:`Writer`."""
        self._writer.add_document(**_fields(document))

    def remove(self, path: str) -> None:
        """As in :class:`Writer`."""
        self._writer.delete_by_term("path", path)


def _fields(source: IndexedDocument) -> dict[str, Any]:
    keywords, texts = source.keywords(), source.texts()
    made: dict[str, Any] = {name: _SEPARATOR.join(values) for name, values in keywords.items() if values}
    made |= {name: words(text.translate(RAISED)) for name, text in texts.items() if text}
    made["exact"] = " ".join(exact_tokens(source.accented()))
    made["number_key"] = source.number_key()
    made["date"] = f"{source.day():08}"
    made["document"] = {
        "path": source.path, "ordinal": source.ordinal, "number_symbol": source.number_symbol,
        "day": source.day(), "type": source.type, "items": keywords["items"], "dossier": source.dossier,
        "abstract": texts["abstract"], "body": texts["body"], "first_page": source.first_page,
        "dossier_name": texts["dossier_name"], "kind": source.kind,
    }  # fmt: skip
    return made
