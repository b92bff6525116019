"""Classification: which item and part of the checklist a document belongs to, with confidence and evidence.

Every part of the checklist gets a score: the sum of the weights of the signals for and against it
(type, phrases in abstract, name and text, issuing body, numbered folders). Scores are log odds; a
softmax over all parts, "belongs to no item" and "unknown" turns them into confidences. All rules are
data of the checklist; no item number is hard-coded.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dossier.checklists.schema import Checklist
from dossier.i18n import _
from dossier.model import Header, Placement, Source
from dossier.scanner.classify import scoring
from dossier.scanner.classify.about import Names, Tie
from dossier.scanner.classify.around import SIGN, View
from dossier.scanner.classify.kinds import kinds_of
from dossier.scanner.classify.learned import Learned, describe
from dossier.scanner.classify.outcome import (
    Classification,
    asked_if_mentioned,
    evidence_sentences,
    planned_ahead,
    timely,
    with_confidence,
    with_reason,
)
from dossier.scanner.classify.periods import period
from dossier.scanner.classify.phrases import Evidence, Wordings, says_more
from dossier.scanner.classify.pieces import Pieces
from dossier.scanner.classify.places import UNKNOWN, ReadyPart, further, log_sum, squashed
from dossier.scanner.classify.prior import Prior, judged, prior_of
from dossier.scanner.classify.scoring import Score, by_name_alone
from dossier.scanner.classify.subjects import Subject, names_of
from dossier.scanner.classify.text import ChecklistWords, Texts, gather, headless
from dossier.scanner.classify.tied import UNBOUND, Bound, Tied, whose
from dossier.vietnamese import marked_words, words

__all__ = ["Classification", "Classifier"]

_NOTHING = 2.5  # a best score below this means that the document matches no part
_ELSEWHERE = 4.0  # score for other work from which an untied document is taken to be about that work
_DESPITE = 0.89  # highest confidence beside such a score, and beside a title without a word for the part
_PLAIN = 100  # words; a document of this length without a word of the movement is about something else
_PUT = frozenset(("in-folder", "numbered"))  # kinds of evidence that a person filed the document there
_CANDIDATES = 3
_BELOW_CERTAIN = 0.01
_LEAST = 0.05  # candidates below this confidence are not shown
_UNREAD_CAP = 0.5  # highest confidence of a placement by name alone


@dataclass(frozen=True, slots=True)
class _Foreign:
    """Scores of belonging to no item: ``doubt`` competes with every part, ``sure`` alone may decide."""

    doubt: float
    sure: float
    bound: Bound


class Classifier:
    """Classifies documents by the compiled rules of one checklist. Calls are pure and may run in any
    order."""

    def __init__(
        self, checklist: Checklist, learned: Learned | None = None, prior: Prior | None = None
    ) -> None:
        self._kind = checklist.kind
        self._learned = learned
        self._prior = prior or prior_of(checklist.kind)
        self._threshold = checklist.threshold
        self._certain = checklist.circumstances.certain if checklist.circumstances else 0.0
        self._grave = frozenset(filter(None, (checklist.founding_part, checklist.ending_part)))
        self._called = checklist.called
        self._tied = Tied(checklist) if checklist.about else None
        self._kinds = kinds_of(checklist.about, checklist.called) if checklist.about else None
        self._of_people = checklist.about is not None and not checklist.about.nouns
        self._abbreviations = {key.lower(): spelt for key, spelt in _abbreviations(checklist)}
        self._numbers = scoring.Places.of(checklist)
        self._places = tuple(
            ReadyPart.of(item.number, part) for item in checklist.items for part in item.parts
        )
        self._yearly = frozenset(place.part.id for place in self._places if place.part.period == "year")
        self._types = frozenset(slug for place in self._places for slug in place.rules.types)
        self._other = tuple(scoring.other_rules(other) for other in checklist.other)
        rules = [rule for place in self._places for rule in place.all_rules] + list(self._other)
        wordings = Wordings(phrase for rule in rules for phrase in rule.all_phrases)
        self._vocabulary = ChecklistWords(self._abbreviations, wordings, self._kinds)
        if checklist.titles:
            titles = Pieces(checklist.titles)
            self._vocabulary = replace(
                self._vocabulary,
                parted=titles.of,
                aimless=titles.aimless,
                closes=titles.closes,
                others=frozenset(phrase for rule in self._other for phrase in rule.all_phrases),
            )
        self._articled = frozenset(checklist.titles.articles if checklist.titles else ())

    def classify(
        self,
        header: Header,
        text: str,
        name: str,
        folders: tuple[str, ...],
        *,
        dossier: str = "",
        scanned: bool = False,
        around: View | None = None,
    ) -> Classification:
        """Classify a document.

        ``text`` is the whole text, ``name`` the file's name, ``folders`` the folders between the
        dossier and the file, outermost first, ``dossier`` the dossier's own folder.
        ``scanned``: the text came from OCR. ``around``: the document's surroundings, which add to the
        scores but make no placement certain, unless the document names the dossier.
        """
        own = self._names(dossier, around)
        own = self._tied.own(own, header) if self._tied else own
        shortened = self._tied.shortened(own) if self._tied else ()
        subjects = [Subject(name, self._called) for name in (*own.own, *shortened) if name.count(" ") > 1]
        texts = gather(
            header, text, name, folders, self._vocabulary, subjects=subjects, own=own.among, scanned=scanned
        )
        scores = self._scores(texts, header, name, folders)
        bound = UNBOUND
        if self._tied is not None:
            tie = self._tied.tie(texts, header, own)
            named = (own.distinct and tie >= Tie.TEXT) or (around is not None and around.tie is Tie.NAMED)
            elsewhere = whose(around, named=named) if around is not None else ""
            if elsewhere:
                tie = Tie.FOREIGN
            elif around is not None:
                tie = self._tied.raised(tie, around, header, own)
            bound = self._tied.bound(tie, texts, header, scores, own, elsewhere=elsewhere)
        if around is None:
            return self._settled(scores, bound, texts, header, text, name, folders)
        bound = bound.beside(around)
        for place in self._places:
            own_period = period(place.part.period, texts.raw, header.date)
            for signal in around.weigh(place.item, place.part.id, own_period):
                scores[place.part.id].add(*signal)
        found = self._settled(scores, bound, texts, header, text, name, folders)
        found, late = timely(found, around)
        if self._tied is not None and bound.tie is Tie.NAMED and not late:
            return found
        most = self._certain - _BELOW_CERTAIN
        return replace(
            found, placements=tuple(with_confidence(p, min(p.confidence, most)) for p in found.placements)
        )

    def _names(self, dossier: str, around: View | None) -> Names:
        agreed = around.names if around is not None else Names()
        return names_of(dossier, agreed, self._called, self._abbreviations, self._kinds, self._of_people)

    def doubted(self, found: Classification) -> bool:
        """Whether the surroundings of a document should be weighed too. An untied one counts as doubtful,
        because the dossier's documents may cite it."""
        unsure = any(place.confidence < self._certain for place in found.placements[:1])
        return found.review or found.untied or unsure

    def _settled(
        self,
        scores: dict[str, Score],
        bound: Bound,
        texts: Texts,
        header: Header,
        text: str,
        name: str,
        folders: tuple[str, ...],
    ) -> Classification:
        other = self._foreign(texts, bound)
        found = self._decide(scores, other, texts, header)
        if text and found.placements and headless(header, text):
            told = scores[found.placements[0].part].evidence
            lacks = self._tied is not None and self._tied.lacks(text)
            found = asked_if_mentioned(found, told, self._threshold - _BELOW_CERTAIN, lacks=lacks)
        if self._learned is not None and text:
            described = describe(header, text, name, folders)
            if found.review:
                found = self._as_learned(scores, other, texts, header, described)
            elif self._learned.contradicts(self._kind, described, tuple(p.part for p in found.placements)):
                return self._as_learned(scores, other, texts, header, described, only_ask=True)
        if self._prior is None or not text or any(p.source is Source.LEARNED for p in found.placements):
            return found
        bound = replace(bound, besides=other.sure >= _ELSEWHERE)
        return self._as_usual(self._prior, found, scores, bound, texts, header)

    def _as_usual(
        self, prior: Prior, found: Classification, scores: dict[str, Score], bound: Bound, texts: Texts,
        header: Header,
    ) -> Classification:  # fmt: skip
        """Return a classification after what documents with such words usually are."""
        if not (found.placements or found.review or found.untied):
            return found  # plainly other work
        if not prior.may_change(found.placements, bound, review=found.review):
            return found
        shares = prior.shares(texts, bound.order)
        best = max(scores.values(), key=lambda score: score.value).evidence
        put = any(sign in _PUT for _weight, sign, _found in best)
        told = prior.knows(texts.type) and not put and says_more(header.abstract, best)
        said = judged(
            shares, found.placements, bound, review=found.review, told=told, certain=self._certain,
            grave=self._grave,
        )  # fmt: skip
        if said is None:
            return found
        if said.part:
            place = next((place for place in self._places if place.part.id == said.part), None)
            if place is None:
                return found
            sure = _LEAST if said.review else said.sure
            placed = self._placement(place, sure, scores[said.part].evidence, texts, header)
            return Classification(with_reason((placed,), _usual(bound)), said.review)
        if said.review:
            most = self._threshold - _BELOW_CERTAIN
            asked = tuple(with_confidence(place, min(place.confidence, most)) for place in said.placements)
            reason = _("nhưng lời văn thường gặp ở văn bản không thuộc mục nào")
            return Classification(with_reason(asked, reason), review=True)
        reason = _usual(bound) if found.review else _("nhưng lời văn ít gặp ở văn bản của phần này")
        return Classification(with_reason(said.placements, reason), untied=not said.placements)

    def _foreign(self, texts: Texts, bound: Bound) -> _Foreign:
        """Score the document as one of no item. A missing word raises the doubt but never decides."""
        sums = [(rules.score(texts).value, rules.silence(texts)) for rules in self._other] or [(0.0, 0.0)]
        sure = max(score for score, _silence in sums)
        doubt = max(score + silence for score, silence in sums)
        if bound.foreign:
            return _Foreign(max(doubt, 0.0) + bound.foreign, max(sure, 0.0) + bound.foreign, bound)
        return _Foreign(doubt, sure, bound)

    def _as_learned(
        self,
        scores: dict[str, Score],
        other: _Foreign,
        texts: Texts,
        header: Header,
        described: str,
        *,
        only_ask: bool = False,
    ) -> Classification:
        """Classify a doubtful document with the signals learned from people's decisions added.

        ``only_ask``: return candidates for review whatever the scores.
        """
        assert self._learned is not None
        signals = self._learned.signals(self._kind, described)
        learned = {}
        for signal in (signal for signal in signals if signal.part in scores):
            template = _("học từ {count} tài liệu mà người đã xếp vào {part}")
            learned[signal.part] = template.format(count=signal.count, part=signal.part)
            scores[signal.part].add(signal.weight, "learned", learned[signal.part])
        if only_ask:
            ranked = sorted(self._places, key=lambda place: -scores[place.part.id].value)
            candidates = self._candidates(ranked, scores, other.bound, texts, header)
            first = next(place for place in ranked if place.part.id in learned)
            if first.part.id not in {candidate.part for candidate in candidates}:
                added = self._placement(first, _LEAST, scores[first.part.id].evidence, texts, header)
                candidates = (*candidates[: _CANDIDATES - 1], added)
            found = Classification(candidates, review=True)
        else:
            found = self._decide(scores, other, texts, header)
        places = tuple(
            replace(place, source=Source.LEARNED) if learned.get(place.part) in place.evidence else place
            for place in found.placements
        )
        return Classification(places, found.review)

    def by_name(self, name: str, folders: tuple[str, ...], dossier: str = "") -> tuple[Placement, ...]:
        """Return candidates for a file that could not be read, from its name and folders only.

        Their confidence stays below the threshold: they are hints for a person.
        """
        found = self.classify(Header(), "", name, folders, dossier=dossier)
        cap = min(_UNREAD_CAP, self._threshold - 0.01)
        return tuple(with_confidence(p, min(p.confidence, cap)) for p in found.placements[:_CANDIDATES])

    def _scores(self, texts: Texts, header: Header, name: str, folders: tuple[str, ...]) -> dict[str, Score]:
        month = header.date.month if header.date else 0
        scores = {place.part.id: place.rules.score(texts, month) for place in self._places}
        folder = scoring.folder_number(self._numbers, folders)
        numbered = scoring.name_number(self._numbers, name, folder, header.number_symbol)
        for place in self._places:
            score = scores[place.part.id]
            if folder and folder.item == place.item:
                exact = scoring.IN_PART_FOLDER if folder.part == place.part.id else 0.0
                score.add(scoring.IN_ITEM_FOLDER + exact, "in-folder", folder.part or str(folder.item))
            if numbered and numbered.item == place.item:
                exact = scoring.NUMBERED_PART if numbered.part == place.part.id else scoring.NUMBERED_ITEM
                score.add(exact, "numbered", numbered.part or str(numbered.item))
        return scores

    def _decide(
        self, scores: dict[str, Score], other: _Foreign, texts: Texts, header: Header
    ) -> Classification:
        ranked = sorted(self._places, key=lambda place: -scores[place.part.id].value)
        best = ranked[0]
        besides = further(
            best, self._places, texts, self._threshold, filled=other.bound.filled, articled=self._articled
        )
        beside = {place.part.id for place, _score in besides}
        sums = [scores[place.part.id].value for place in ranked if place.part.id not in beside]
        total = log_sum([*sums, UNKNOWN, *([other.doubt] if other.doubt else [])])
        sure = math.exp(scores[best.part.id].value - total)
        if sure >= self._threshold and other.bound.allows(best.part.id):
            despite = other.sure >= _ELSEWHERE or (header.abstract and by_name_alone(scores[best.part.id]))
            most = _DESPITE if despite else other.bound.of(best.part.id)
            sure = min(sure, most)
            main = self._placement(best, sure, scores[best.part.id].evidence, texts, header)
            rest = (
                self._placement(place, min(sure, squashed(score.value)), score.evidence, texts, header)
                for place, score in besides
            )
            return Classification((main, *planned_ahead(main, rest, self._yearly, texts.raw)))
        strange = math.exp(other.sure - log_sum([*sums, UNKNOWN, other.sure]))
        if other.sure > UNKNOWN and strange >= self._threshold and not _own(best, scores, other.bound):
            known = scores[best.part.id].value >= _ELSEWHERE
            awaited = known and other.bound.awaited(best.part.id)
            unsure = not other.bound.named or other.bound.tie is Tie.BODY
            early = other.bound.tie is Tie.MOVEMENT and not other.bound.weighed  # the others may give names
            return Classification(untied=awaited or unsure or early)
        if other.bound.anothers(best.part.id):
            return Classification()
        if self._about_something_else(best, scores, other, texts, header):
            return Classification(untied=True)
        return Classification(self._candidates(ranked, scores, other.bound, texts, header), review=True)

    def _about_something_else(
        self, best: ReadyPart, scores: dict[str, Score], other: _Foreign, texts: Texts, header: Header
    ) -> bool:
        """Whether a document of some length is plainly about something else, so that no review is needed.

        True if its title has no word of the movement, it matches other work or no item or comes from a higher
        level, and nobody put it into an item's folder. If neither title nor text has a word of the movement
        or the dossier's name, words of any kind of work ("thành lập", "năm 2024") cause no review."""
        tie, score = other.bound.tie, scores[best.part.id]
        if tie not in (Tie.NONE, Tie.BODY) or not scoring.is_long(texts):
            return False
        usual = header.type in self._types and header.abstract
        if other.bound.lacks(best.part.id):
            return False
        put = any(sign in _PUT for _weight, sign, _found in score.evidence)
        if other.sure >= _ELSEWHERE or (usual and score.value < _NOTHING and not put):
            return True
        if tie is Tie.NONE and usual and not put and other.bound.of_any_work(best.part.id):
            return says_more(header.abstract, score.evidence)
        unlike = other.bound.above or (tie is Tie.NONE and score.value < _NOTHING)
        return unlike and not put and texts.fields["body"].count(" ") >= _PLAIN

    def _candidates(
        self, ranked: list[ReadyPart], scores: dict[str, Score], bound: Bound, texts: Texts, header: Header
    ) -> tuple[Placement, ...]:
        total = log_sum([*(score.value for score in scores.values()), UNKNOWN])
        found = []
        for place in ranked[:_CANDIDATES]:
            score = scores[place.part.id]
            sure = min(math.exp(score.value - total), self._threshold - 0.01)
            supported = (bound.tie > Tie.BODY and not header.abstract) or any(
                weight > 0 and sign not in ("type", SIGN) for weight, sign, _found in score.evidence
            )
            if sure >= _LEAST and supported:  # the type alone says nothing: every item has decisions
                found.append(self._placement(place, sure, score.evidence, texts, header))
        return tuple(found)

    def _placement(
        self, place: ReadyPart, confidence: float, evidence: Evidence, texts: Texts, header: Header
    ) -> Placement:
        return Placement(
            item=place.item,
            part=place.part.id,
            confidence=round(min(max(confidence, 0.0), 1.0), 3),
            evidence=evidence_sentences(evidence),
            step=place.step(texts),
            period=period(place.part.period, texts.raw, header.date),
        )


def _usual(bound: Bound) -> str:
    if bound.order:
        return _("lời văn và thời điểm thường gặp ở văn bản của phần này")
    return _("lời văn thường gặp ở văn bản của phần này")


def _own(best: ReadyPart, scores: dict[str, Score], bound: Bound) -> bool:
    """Whether a document that gives the dossier's name, and in its title speaks of the movement, matches one
    of the ``plain`` parts so well that words of other work in that title are no reason to leave it out."""
    known = bound.tie >= Tie.TEXT and bound.spoken and best.part.id in bound.plain
    return known and scores[best.part.id].value >= _ELSEWHERE


def _abbreviations(checklist: Checklist) -> Iterable[tuple[str, str]]:
    return ((words(key), marked_words(spelt)) for key, spelt in checklist.abbreviations.items())
