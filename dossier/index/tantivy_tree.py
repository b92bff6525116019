"""Compile query trees to queries of tantivy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tantivy

from dossier.index import pairs
from dossier.index.fields import ANYWHERE, EXACT, TOGETHER
from dossier.index.query import number_tokens
from dossier.index.tree import All, Boost, DateSpan, Either, Everything, Node, Not, Term, Words
from dossier.vietnamese import spellings

# A phrase whose rarest term is in more documents is not scored: it hardly distinguishes documents, and
# scoring takes as long as the search.
_SCORED_UP_TO = 50_000


def _scoreless(node: Node) -> bool:
    """Whether documents may match by conditions alone, which add no score."""
    match node:
        case Term() | DateSpan():
            return not node.weight
        case All(of):
            return all(_scoreless(part) or isinstance(part, Not) for part in of)
        case Either(of):
            return any(map(_scoreless, of))
        case _:
            return False


class Compiler:
    """Compiles for one state of an index; ``exact``: words must have the diacritics typed."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, exact: bool) -> None:
        self._schema = schema
        self._searcher = searcher
        self._exact = exact

    def boosted(self, tree: Node) -> tantivy.Query:
        """Compile the tree; every match gets a score, so that newer documents can rank higher."""
        compiled = self.compile(tree)
        if not _scoreless(tree):
            return compiled
        query, occur = tantivy.Query, tantivy.Occur
        same = query.const_score_query(query.all_query(), 1.0)
        return query.boolean_query([(occur.Must, compiled), (occur.Should, same)])

    def compile(self, node: Node) -> tantivy.Query:
        """Compile a tree or a part of it."""
        query, occur = tantivy.Query, tantivy.Occur
        match node:
            case Words():
                return self._words(node)
            case Term(field, value, weight):
                return query.const_score_query(query.term_query(self._schema, field, value), weight)
            case DateSpan(first, last, weight):
                return query.const_score_query(self._span(first, last), weight)
            case Everything():
                return query.all_query()
            case All(of, boosts):
                return self._all(of, boosts)
            case Either(of):
                return query.boolean_query([(occur.Should, self.compile(part)) for part in of])
            case Not(what):
                return query.boolean_query(
                    [(occur.Must, query.all_query()), (occur.MustNot, self.compile(what))]
                )

    def _all(self, of: Sequence[Node], boosts: Sequence[Boost]) -> tantivy.Query:
        occur = tantivy.Occur
        clauses = [
            (occur.MustNot, self.compile(part.what))
            if isinstance(part, Not)
            else (occur.Must, self.compile(part))
            for part in of
        ]
        if all(isinstance(part, Not) for part in of):
            clauses.append((occur.Must, tantivy.Query.all_query()))
        for boost in boosts:
            lifting = self._anyhow(boost, TOGETHER) if isinstance(boost, Words) else self.compile(boost)
            clauses.append((occur.Should, lifting))
        return tantivy.Query.boolean_query(clauses)

    def _words(self, node: Words) -> tantivy.Query:
        query, occur = tantivy.Query, tantivy.Occur
        found = self._anyhow(node, ANYWHERE)
        how = occur.Must if self._exact else occur.Should
        exact = [(how, query.boost_query(self._spelt(word), EXACT)) for word in node.marked()]
        if not exact or node.prefix:
            return found
        return query.boolean_query([(occur.Must, found), *exact])

    def _spelt(self, word: str) -> tantivy.Query:
        # The index holds words as written, in any spelling: unifying them takes longer than indexing.
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
            last = tokens.pop() + ".*"
            if field == "body":
                last, tokens = f"[+]?{last}", [*map(pairs.indexed, tokens)]
            if not tokens:
                return query.regex_query(self._schema, field, last)
            first = [token.replace("+", "[+]") for token in tokens]
            return query.regex_phrase_query(self._schema, field, [*first, last])
        if field == "body":
            return self._in_body(tokens)
        if len(tokens) == 1:
            return query.term_query(self._schema, field, tokens[0])
        return query.phrase_query(self._schema, field, [*tokens])

    def _in_body(self, phrase: Sequence[str]) -> tantivy.Query:
        query = tantivy.Query
        covered = pairs.cover(phrase)
        if len(covered) == 1:
            return query.term_query(self._schema, "body", covered[0][1])
        found = query.phrase_query(self._schema, "body", [*covered])
        rarest = min(self._searcher.doc_freq("body", word) for _place, word in covered)
        return query.const_score_query(found, 1.0) if rarest > _SCORED_UP_TO else found

    def _span(self, first: str | None, last: str | None) -> tantivy.Query:
        return tantivy.Query.range_query(
            self._schema,
            "date",
            tantivy.FieldType.Unsigned,
            int(first.replace("-", "")) if first else 1,
            int(last.replace("-", "")) if last else 99_999_999,
        )
