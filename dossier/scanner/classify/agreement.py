"""The names on which the titles of a dossier's documents agree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from dossier.checklists.schema import Checklist
from dossier.scanner.classify.about import (
    Names,
    agreed,
    folded_each,
    movement,
    of_a_model,
    people_in,
    quoted_names,
)
from dossier.scanner.classify.kinds import Kinds, kinds_of, proper_words
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.repeated import repeated
from dossier.vietnamese import fold, marked_words, words

_DECISION = "quyet-dinh"
_REPEATED = 3  # least titles with a name that no quotation marks or words set off, and
_TIMES = 2  # how many more titles must have a repeated name than the one on which they agree
_RECURRING = 0.15  # their least share of the dossier's documents


def agreed_names(checklist: Checklist, papers: Sequence[ContextPaper]) -> Names:
    """Return the names on which the titles agree, with those that the model was given later."""
    names = next((names for names in _ways_to_agree(checklist, papers) if names.own), Names())
    if checklist.about:
        names = _with_repeated(names, repeated(checklist.about, checklist.called, papers), papers)
    if checklist.about and checklist.about.renames:
        return _renamed(names, papers, movement(checklist.about.renames))
    return names


def _with_repeated(names: Names, other: Names, papers: Sequence[ContextPaper]) -> Names:
    """Return the names with another one that many more titles have, unless it is one of them; the other one
    if there are none."""
    if not names.own:
        return other
    if not other.own or any(map(names.among, other.own)):
        return names
    titles = [f" {words(paper.header.abstract)} " for paper in papers]
    more = sum(map(other.are_in, titles)) > _TIMES * sum(map(names.are_in, titles))
    return Names((*other.own, *names.own), sure=True) if more else names


def _ways_to_agree(checklist: Checklist, papers: Sequence[ContextPaper]) -> Iterator[Names]:
    """Yield the names on which the titles agree: those set off best first."""
    if checklist.about is None:
        return
    kinds, spelt = kinds_of(checklist.about, checklist.called), checklist.abbreviations
    sayings = folded_each(checklist.about.sayings)
    titles = [paper.header.abstract for paper in papers]
    called = words(checklist.called)
    named = [_named(title, kinds, sayings, called) for title in titles]
    yield agreed(named)
    # "Đội xung kích" is what many models have; “Trường học 3 không” beside it is a name.
    tells = partial(proper_words, checklist.about, checklist.called)
    yield agreed((set(filter(tells, names)) for names in named), fewest=_REPEATED)
    yield agreed((kinds.proper(title, spelt) for title in titles), fewest=_REPEATED)
    often = max(_REPEATED, round(len(titles) * _RECURRING))
    yield agreed((kinds.created(marked_words(title)) for title in titles), fewest=often)
    yield _of_founding(checklist, papers, kinds)
    yield agreed(map(kinds.coined, titles), fewest=_REPEATED)
    if not checklist.about.nouns:  # of people: "bà trưởng thôn"
        people = agreed((set(map(fold, people_in(title))) for title in titles), fewest=_REPEATED)
        yield replace(people, people=people.own)


def _of_founding(checklist: Checklist, papers: Sequence[ContextPaper], kinds: Kinds) -> Names:
    """Return the names that the only decision that may be the founding one gives."""
    foundings = [
        paper
        for paper in papers
        if paper.header.type == _DECISION
        and any(p.part == (checklist.founding_part or "") for p in paper.placements[:1])
    ]
    if len(foundings) != 1:
        return Names()
    title = foundings[0].header.abstract
    given = _named(title, kinds) or kinds.created(marked_words(title))
    return Names(tuple(sorted(given)))


def _named(title: str, kinds: Kinds, sayings: Collection[str] = (), called: str = "") -> set[str]:
    """Return the names in a title: quoted ones and names of the kind. What other work quotes too, as doanh
    nghiệp “An toàn về an ninh, trật tự”, is none without the word for the kind."""
    title = kinds.without_campaigns(title)
    quoted = set(quoted_names(title))
    said = set() if quoted and of_a_model(title, called) else quoted.intersection(sayings)
    named = kinds.names([f" {marked_words(title)} "])
    return {*(quoted - said), *(n for n in named if not any(n.endswith(f" {each}") for each in said))}


def _renamed(names: Names, papers: Iterable[ContextPaper], renames: re.Pattern[str]) -> Names:
    """Return the names with the new ones from documents that rename the dossier's model."""
    given: set[str] = set()
    for paper in papers:
        title = paper.header.abstract
        if renames.search(f" {words(title)} ") and any(map(names.among, quoted := quoted_names(title))):
            given.update(quoted)
    return replace(names, own=tuple(dict.fromkeys((*names.own, *sorted(given))))) if given else names
