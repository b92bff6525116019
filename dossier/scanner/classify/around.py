"""Evidence about a doubtful document from the dossier's certain ones: dates, neighbours, citations.

Pure functions, used for doubtful documents only: certain ones are decided by their own content, so the
result does not depend on the order in which documents are weighed, nor on repetitions. All
weights are data of the checklist (``[circumstances]``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dossier.checklists.schema import Checklist, ContextWeights, Timing
from dossier.i18n import _
from dossier.model import Header
from dossier.scanner.classify.about import BY_TEXT, Names, Tie, movement
from dossier.scanner.classify.agreement import agreed_names
from dossier.scanner.classify.communes import Communes
from dossier.scanner.classify.order import DayOrder
from dossier.scanner.classify.others import Others
from dossier.scanner.classify.papers import ContextPaper, bounds, cites_by_number, milestones, numbered
from dossier.scanner.classify.phrases import Evidence
from dossier.scanner.classify.units import Units
from dossier.vietnamese import words

SIGN = "around"  # the sign of this evidence, where other evidence has the name of a field
_DECISION = "quyet-dinh"
_FEWEST = 2  # least number of certain documents of a folder or sequence, and of citations
_ORDERING = frozenset(("ke-hoach", _DECISION))  # types of documents that are carried out
_NEAR = 250  # most days between the founding and a document expected for a part


class Around:
    """The documents of one dossier, prepared for weighing each doubtful one by the certain ones.

    ``declared`` are dates entered by people, by part or step (``6a``, ``16c.decision``): they override
    the dates of documents. ``path``: the dossier's, which may name its village, school or firm.
    """

    def __init__(
        self,
        checklist: Checklist,
        papers: Sequence[ContextPaper],
        declared: Mapping[str, date],
        path: str = "",
    ) -> None:
        self._rules = checklist.circumstances or ContextWeights()
        self._founding_part = checklist.founding_part or ""
        self._papers = sorted(papers, key=lambda paper: (paper.file, paper.ordinal))
        certain = [paper for paper in self._papers if paper.certain]
        self._milestones = {**milestones(certain), **declared}
        founded = self._milestones.get(self._founding_part)
        self._order = DayOrder((paper.signed for paper in self._papers), founded)
        self._taken = {(p.part, p.period) for paper in certain for p in paper.placements}
        self._beside: dict[tuple[str, ...], Counter[int]] = {}
        for paper in certain:
            self._beside.setdefault(paper.folders, Counter())[paper.item] += 1
        self._names = agreed_names(checklist, self._papers)
        cited = [(p, frozenset(r.number_symbol for r in p.header.references)) for p in self._papers]
        self._cited = Counter(number for _paper, numbers in cited for number in numbers)
        self._called = f" {words(checklist.called)} "
        self._others = Others(checklist, self._names, path)
        self._communes = Communes((paper.header, paper.signed) for paper in self._papers)
        self._linked = any(" lien ket " in f" {name} " for name in (words(path), *self._names.own))
        self._units = self._units_of(checklist, path)
        self._own_bodies = self._leading_bodies(checklist)
        self._founding = self._founding_decision(certain)
        self._numbered = [paper for paper in certain if paper.placements and paper.header.type in _ORDERING]
        own = self._speaks_of(checklist)
        self._cited_by = [
            (paper.file, numbers)
            for paper, numbers in cited
            if (paper.certain and paper.placements) or own(paper)
        ]

    def _units_of(self, checklist: Checklist, path: str) -> Units:
        about = checklist.about
        marks = movement(f"{about.marks}|{about.tails}") if about and about.marks else None
        own, headers = self._names.own, [paper.header for paper in self._papers]
        personal = about is not None and not about.nouns and (not own or self._names.of_a_person)
        return Units(headers, path, marks, names=own, linked=self._linked, personal=personal)

    def _leading_bodies(self, checklist: Checklist) -> frozenset[str]:
        """Return the committees whose titles give the dossier's name, or whose documents surely have a place
        in it, as a rule: they are the model's own."""
        if checklist.about is None or not checklist.about.committee:
            return frozenset()
        leading = movement(f"{checklist.about.committee}|{checklist.about.leaders}")
        named: dict[str, list[bool]] = {}
        for paper in self._papers:
            if leading.search(f" {words(paper.header.issuing_body)} "):
                placed = paper.certain and bool(paper.placements)
                said = placed or self._names.are_in(f" {words(paper.header.abstract)} ")
                named.setdefault(_body(paper.header), []).append(said)
        return frozenset(body for body, said in named.items() if sum(said) >= max(_FEWEST, len(said) / 2))

    def _speaks_of(self, checklist: Checklist) -> Callable[[ContextPaper], bool]:
        """Return a test whether a document's title is about a model or the movement."""
        if checklist.about is None:
            return lambda _paper: False
        of_movement, called = movement(checklist.about.words), f" {words(checklist.called)} "

        def speaks(paper: ContextPaper) -> bool:
            title = f" {words(paper.header.abstract)} "
            return called in title or bool(of_movement.search(title)) or self._names.are_in(title)

        return speaks

    def seen_from(self, paper: ContextPaper) -> View:
        """Return the surroundings of a document."""
        beside = self._beside.get(paper.folders, Counter()) if paper.folders else Counter()
        return View(
            self._rules,
            self._milestones,
            self._taken,
            beside,
            self._between(paper),
            paper,
            names=self._names,
            tie=self._tie(paper),
            founding=self._seen_as_founding(paper),
            elsewhere=self._elsewhere(paper),
            another=self._of_another(paper),
            own_body=_body(paper.header) in self._own_bodies,
            founding_part=self._founding_part,
            filled=frozenset({self._founding_part} if self._outcited(paper) else ()),
            expected=frozenset(part for part in self._rules.expected if self._expects(part, paper)),
            held=self._has_other(paper),
            order=self._order.of(paper.signed),
        )

    def _expects(self, part: str, paper: ContextPaper) -> bool:
        """Whether the dossier lacks the part and this document alone came when the part's usually do."""
        if any(taken == part for taken, _period in self._taken) or not self._in_time(part, paper.signed):
            return False
        rivals = (
            other
            for other in self._papers
            if other != paper and any(place.part == part for place in other.placements[:1])
        )
        return part not in self._rules.single or not any(
            self._in_time(part, other.signed) for other in rivals
        )

    def _in_time(self, part: str, signed: date | None) -> bool:
        """Whether a date, if there is one, is near the founding and inside all usual dates of the part."""
        founded = self._milestones.get(self._founding_part)
        if signed is None or founded is None:
            return founded is not None
        if abs((signed - founded).days) > _NEAR:
            return False
        return all(
            _within(timing, (signed - self._milestones[timing.milestone]).days)
            for timing in self._rules.dates
            if part in timing.parts and timing.milestone in self._milestones
        )

    def _has_other(self, paper: ContextPaper) -> frozenset[str]:
        """Return the parts of one document that another certain document fills."""
        return frozenset(
            place.part
            for other in self._papers
            if other.certain and other != paper
            for place in other.placements
            if place.part in self._rules.single and not place.period
        )

    def astray(self, paper: ContextPaper) -> bool:
        """Whether a document with certain placements nevertheless belongs to another dossier: it comes from
        another commune or unit, is a founding decision while the dossier's documents cite a different one, or
        its title quotes a model whose name is not the one on which they agree."""
        if not paper.placements:
            return False
        return bool(
            self._elsewhere(paper)
            or self._of_another(paper)
            or self._outcited(paper)
            or self._others.named_in(paper.header)
        )

    def unnamed(self, paper: ContextPaper) -> bool:
        """Whether a document was placed before the dossier's name was known, and its title lacks that."""
        early = any(place.confidence <= BY_TEXT for place in paper.placements[:1])
        return early and self._others.unnamed(paper.header)

    def claims(self, paper: ContextPaper) -> bool:
        """Whether a document told to be other work gives the dossier's name in its title, or is issued by a
        body that has it."""
        return not paper.placements and self._others.spared(paper.header)

    def untimely(self, paper: ContextPaper) -> bool:
        """Whether the founding decision's date speaks against one of a document's placements."""
        founded = self._milestones.get(self._founding_part)
        return bool(
            paper.signed
            and founded
            and any(
                timing.milestone == self._founding_part
                and timing.outside < 0
                and place.part in timing.parts
                and not _within(timing, (paper.signed - founded).days)
                for timing in self._rules.dates
                for place in paper.placements
            )
        )

    def _elsewhere(self, paper: ContextPaper) -> bool:
        # A commune's successor carries the model on and does not found it again.
        signed = None if self._founds(paper) else paper.signed
        return self._communes.elsewhere(paper.header, signed, self._called)

    def _of_another(self, paper: ContextPaper) -> str:
        """Return the unit whose document this is, if it is not the dossier's: "bản Cà Ai"."""
        if self._founding and any(r.number_symbol == self._founding for r in paper.header.references):
            return ""
        abroad = any(place.part in self._rules.abroad for place in paper.placements)
        unit = self._units.another(paper.header, self._names.own, abroad=abroad)
        if not unit and not self._linked and self._founds(paper) and self._elsewhere(paper):
            # Another commune's model may have the same name; linked communes may each found theirs.
            ours = any(self._founds(other) and not self._elsewhere(other) for other in self._papers)
            return paper.header.issuing_body if ours else ""
        return unit if unit or abroad else self._communes.area(paper.header)

    def _founds(self, paper: ContextPaper) -> bool:
        return any(place.part == self._founding_part for place in paper.placements)

    def _outcited(self, paper: ContextPaper) -> bool:
        own = paper.header.number_symbol
        if not self._founds(paper) or not own or self._cited[own]:
            return False
        return bool(self._founding) and self._cited[self._founding] >= _FEWEST

    def _founding_decision(self, certain: Sequence[ContextPaper]) -> str:
        """Return the number of the founding decision: the most cited of those placed in the founding part and
        of no other unit."""
        numbers = {
            paper.header.number_symbol
            for paper in certain
            if paper.header.number_symbol
            and any(p.part == self._founding_part for p in paper.placements)
            and not self._units.another(paper.header, self._names.own)
        }
        return max(sorted(numbers), key=lambda number: self._cited[number], default="")

    def _tie(self, paper: ContextPaper) -> Tie:
        """Return the document's tie to the dossier by citations: it cites the founding decision, or is cited
        by a document that itself belongs to the dossier (unrelated documents cite one another too)."""
        cited = {reference.number_symbol for reference in paper.header.references}
        if self._founding and self._founding in cited:
            return Tie.NAMED
        if any(cites_by_number(paper, other) for other in self._numbered):
            return Tie.NAMED
        own = paper.header.number_symbol
        of_others = (numbers for file, numbers in self._cited_by if file != paper.file)
        return Tie.MOVEMENT if own and any(own in numbers for numbers in of_others) else Tie.FOREIGN

    def _seen_as_founding(self, paper: ContextPaper) -> tuple[float, str] | None:
        """Return weight and sentence of the citations for or against the document as the founding decision;
        ``None`` if there are too few."""
        own = paper.header.number_symbol
        others = sum(bool(other.header.references) for other in self._papers if other != paper)
        if not own or not self._founding_part or paper.header.type != _DECISION or others < _FEWEST:
            return None
        most, count = max(
            ((number, self._cited[number]) for number in self._decisions()),
            key=lambda pair: (pair[1], pair[0]),
            default=("", 0),
        )
        if count < _FEWEST:
            return None
        if most == own:
            return self._rules.cited, _("được {count} văn bản khác của hồ sơ viện dẫn").format(count=count)
        template = _("nhưng {count} văn bản của hồ sơ viện dẫn Quyết định số {number}")
        return -self._rules.cited, template.format(count=count, number=most)

    def _decisions(self) -> set[str]:
        """Return the numbers of the decisions that may be the founding one."""
        return {
            paper.header.number_symbol
            for paper in self._papers
            if paper.header.type == _DECISION and any(p.part == self._founding_part for p in paper.placements)
        } - {""}

    def _between(self, paper: ContextPaper) -> tuple[int, int] | None:
        """Return the items of the certain documents before and after the document (in its file, or else in
        the numbered series of its folder), if these follow the order of the checklist."""
        of_file = [other for other in self._papers if other.file == paper.file]
        return bounds(of_file, paper) or bounds(numbered(self._papers, paper), paper)


@dataclass(frozen=True, slots=True)
class View:
    """The surroundings of one document. ``filled``: parts that another document fills, by citations;
    ``expected``: parts that the dossier lacks and only this document can fill; ``held``: parts of one
    document that another certain one fills; ``another``: the other unit that the document is of;
    ``own_body``: a body that leads the dossier's work issued it; ``order``: its place among the days."""

    rules: ContextWeights
    milestones: Mapping[str, date]
    taken: set[tuple[str, str]]
    beside: Counter[int]
    between: tuple[int, int] | None
    paper: ContextPaper
    names: Names = field(default_factory=Names)
    tie: Tie = Tie.FOREIGN
    founding: tuple[float, str] | None = None
    founding_part: str = ""
    elsewhere: bool = False
    another: str = ""
    own_body: bool = False
    filled: frozenset[str] = frozenset()
    expected: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    order: tuple[str, ...] = ()

    def weigh(self, item: int, part: str, period: str) -> Evidence:
        """Return the evidence for and against a part; the sum of the weights is limited to ``rules.most``."""
        found = [*self._dates(part), *self._neighbours(item, part, period)]
        if self.founding is not None and part == self.founding_part:
            found.append(self.founding)
        total = sum(weight for weight, _said in found)
        scale = min(1.0, self.rules.most / abs(total)) if total else 1.0
        return [(weight * scale, SIGN, sentence) for weight, sentence in found if weight]

    def untimely(self, part: str) -> bool:
        """Whether a milestone's date speaks against the part."""
        return any(weight < 0 for weight, _said in self._dates(part))

    def not_then(self, part: str) -> bool:
        """Whether the founding decision's date speaks against the part."""
        return any(weight < 0 for weight, _said in self._dates(part, self.founding_part))

    def founds(self, part: str) -> bool:
        """Whether the part is the founding decision, whose date its own articles cannot contradict."""
        return part == self.founding_part

    def _dates(self, part: str, only: str = "") -> Iterator[tuple[float, str]]:
        for timing in self.rules.dates:
            milestone = self.milestones.get(timing.milestone)
            if only and timing.milestone != only:
                continue
            if part not in timing.parts or milestone is None or self.paper.signed is None:
                continue
            if not self._is_milestone(timing.milestone, milestone):
                days = (self.paper.signed - milestone).days
                weight = timing.inside if _within(timing, days) else timing.outside
                yield weight, self._interval(days, timing.milestone, milestone, against=weight < 0)

    def _is_milestone(self, name: str, day: date) -> bool:
        """Whether the milestone's date is the document's own, so that comparing them says nothing."""
        places = self.paper.placements
        return self.paper.signed == day and any(name in (p.part, f"{p.part}.{p.step}") for p in places)

    def _interval(self, days: int, place: str, milestone: date, *, against: bool) -> str:
        if days == 0:
            template = _("ký cùng ngày với văn bản {place} ({day})")
        elif days > 0:
            template = _("ký sau văn bản {place} ({day}) {days} ngày")
        else:
            template = _("ký trước văn bản {place} ({day}) {days} ngày")
        part = place.partition(".")[0]  # the code of a step says nothing to a person
        sentence = template.format(place=part, day=milestone.strftime("%d/%m/%Y"), days=abs(days))
        return _("nhưng {reason}").format(reason=sentence) if against else sentence

    def _neighbours(self, item: int, part: str, period: str) -> Iterator[tuple[float, str]]:
        if self.between is not None:
            first, last = self.between
            if first <= item <= last:
                template = _("nằm giữa các văn bản của mục {first} và mục {last}")
                yield self.rules.between, template.format(first=first, last=last)
            else:
                template = _("nhưng nằm giữa các văn bản của mục {first} và mục {last}")
                yield self.rules.astray, template.format(first=first, last=last)
        count, same = self.beside.total(), self.beside[item]
        if count >= _FEWEST and same * 2 > count:
            template = _("cùng thư mục với {count} văn bản của mục {item}")
            yield self.rules.folder * same / count, template.format(count=same, item=item)
        if part in self.rules.single and (part, period) in self.taken:
            yield self.rules.taken, _("nhưng {part} đã có văn bản chắc chắn").format(part=part)


def _body(header: Header) -> str:
    return words(f"{header.superior_body} {header.issuing_body}")


def _within(timing: Timing, days: int) -> bool:
    return (timing.since is None or days >= timing.since) and (timing.until is None or days <= timing.until)
