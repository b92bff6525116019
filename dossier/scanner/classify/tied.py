"""The effect of a document's tie to its dossier: limits of confidence, and evidence against parts."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dossier.checklists.schema import Checklist
from dossier.i18n import _
from dossier.model import Header
from dossier.scanner.classify.about import (
    BY_TEXT,
    KindWords,
    Names,
    Tie,
    Title,
    folded_each,
    movement,
    quotations,
    quoted_names,
    tie,
)
from dossier.scanner.classify.around import SIGN, View
from dossier.scanner.classify.kinds import common_words, kinds_of
from dossier.scanner.classify.scoring import Score
from dossier.scanner.classify.subjects import is_period, of_a_unit
from dossier.scanner.classify.text import Texts
from dossier.vietnamese import words

_UNNAMED = 0.94  # highest confidence if the dossier has no known name
_UNTIED = 0.89  # highest confidence without a name or a citation otherwise: never certain
_EXPECTED = 0.75  # highest confidence for a part that the dossier only lacks this document for
_TOPIC = 3  # first words of a name, without common ones, that tell its subject
_SHORT = 3  # least words of a shortened name
_QUALIFIED = 4  # words after a name that may make it another one
_NOTE = 400  # most characters of a note
_OTHERS = 6.0  # weight of another model's name, or of another commune, for belonging to no item


@dataclass(frozen=True, slots=True)
class Bound:
    """Limits on a document's placements, from its tie to the dossier.

    ``foreign``: weight for belonging to no item. ``general``, ``lists``, ``plain``: parts of these kinds
    (see ``[about]``). ``above``: a body of a higher level issued the document, which names no model;
    ``silent``: nor does it speak of any, though the dossier's name is known. ``filled``: parts that another
    document of the dossier fills. ``named``: the dossier's name is known. ``aimed``: the title states the aim
    of another movement; ``astray``: without a word of this one. ``spoken``: the title has a word of the
    movement or of the kind; ``bare``: no word of the movement at all, and the name is a person's or a body's.
    ``expected``: parts for which the dossier's other documents leave room for this one only; ``held``: parts
    of one document that another certain document fills. ``cited``: citations tie the document to the dossier.
    ``order``: its place in the dossier's order of days; ``weighed``: the dossier's other documents are known;
    ``besides``: its words are those of other work too; ``titled``: title, file or issuer speak of a model;
    ``routine``: the title gives a field of the body's own work, and only the text names the model;
    ``founding``: the part that founds what the dossier is of.
    """

    tie: Tie = Tie.NAMED
    foreign: float = 0.0
    general: frozenset[str] = frozenset()
    lists: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    untied: float = _UNTIED
    above: bool = False
    filled: frozenset[str] = frozenset()
    named: bool = False
    aimed: bool = False
    astray: bool = False
    silent: bool = False
    spoken: bool = False
    bare: bool = False
    expected: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    cited: bool = False
    order: tuple[str, ...] = ()
    weighed: bool = False
    besides: bool = False
    titled: bool = True
    routine: bool = False
    founding: str = ""

    def beside(self, around: View) -> Bound:
        """Return the limits with what the dossier's other documents tell."""
        return replace(
            self,
            filled=around.filled,
            expected=around.expected,
            held=around.held,
            cited=around.tie > Tie.FOREIGN,
            order=around.order,
            founding=around.founding_part,
            weighed=True,
        )

    def allows(self, part: str) -> bool:
        """Whether the document may be placed in the part without review."""
        if part in self.plain and Tie.BODY <= self.tie < Tie.TEXT:
            return not self.astray
        if part == self.founding and part in self.held and self.tie < Tie.TEXT:
            return False  # the dossier's own is there: this founds something else, or a person knows better
        if (self.silent and self.tie < Tie.TEXT) or (self.routine and part in self.general - self.lists):
            return False
        return self.tie > Tie.OTHER or self.awaits(part)

    def anothers(self, part: str) -> bool:
        """Whether this is another model's document for a part that the dossier's own document fills."""
        return self.tie is Tie.FOREIGN and part in self.held

    def awaits(self, part: str) -> bool:
        """Whether only the dossier's need of such a document speaks for placing it in the part."""
        return self.tie is Tie.BODY and self.lacks(part)

    def lacks(self, part: str) -> bool:
        """Whether the dossier lacks just such a document, which is of no other work or level."""
        return part in self.expected and not (self.aimed or self.above)

    def awaited(self, part: str) -> bool:
        """Whether the names that the dossier's documents give may yet tie the document, whose title need not
        name the model."""
        return self.tie >= Tie.BODY and part in self.plain

    def of_any_work(self, part: str) -> bool:
        """Whether the part's words are general ones, of any kind of work, and the dossier's name is known."""
        return self.named and part in self.general

    def of(self, part: str) -> float:
        """Return the highest confidence allowed for the part."""
        if self.tie is Tie.NAMED and not self.bare:
            return 1.0
        if self.awaits(part):
            return _EXPECTED
        by_text = part in self.lists or part not in self.general
        return BY_TEXT if self.tie is Tie.TEXT and by_text else self.untied


UNBOUND = Bound()


def whose(around: View, *, named: bool) -> str:
    """Return why a document is of another place's model, which may have the same name; else nothing."""
    if around.another:
        return _("nhưng là văn bản của {unit}").format(unit=around.another)
    return _("nhưng là văn bản của xã, phường khác") if around.elsewhere and not named else ""


class Tied:
    """A checklist's ``[about]``, compiled for matching."""

    def __init__(self, checklist: Checklist) -> None:
        assert checklist.about is not None
        self._rules = checklist.about
        self._aims = movement(self._rules.other_aims) if self._rules.other_aims else None
        self._general, self._lists = frozenset(self._rules.general), frozenset(self._rules.lists)
        self._plain = frozenset(self._rules.plain)
        self._creations = tuple(f"{noun} " for noun in map(words, self._rules.creations.split("|")) if noun)
        self._bearers = folded_each(self._rules.bearers)
        self._kinds = kinds_of(self._rules, checklist.called)
        called = words(checklist.called)
        self._words = KindWords(
            called,
            movement(self._rules.words),
            folded_each(self._rules.sayings),
            movement(f"{self._rules.unnamed}|{self._rules.breaks}") if self._rules.unnamed else None,
            folded_each(f"{called}|{self._rules.committee}|{self._rules.leaders}"),
            tuple(f" {noun}" for noun in self._creations),
        )
        self._common = common_words(self._rules, checklist.called)
        self._lacking = movement(self._rules.lacking) if self._rules.lacking else None
        self._work = movement(self._rules.work) if self._rules.work else None
        self._untold = movement(f"{self._rules.marks}|{self._rules.tails}|{checklist.called}")

    def lacks(self, text: str) -> bool:
        """Whether the text is a short note that says that a paper is not there."""
        said = words(text[:_NOTE])
        return self._lacking is not None and len(text) <= _NOTE and bool(self._lacking.search(f" {said} "))

    def own(self, names: Names, header: Header) -> Names:
        """Return the dossier's names without that of the issuing body, with their proper parts."""
        if self._common is None:
            return replace(names, proper=names.own)
        body = f" {words(header.issuing_body)} "
        kept = (lambda _name: True) if self._leads(body) else (lambda name: name.startswith(self._creations))
        bare = filter(None, map(self._without_noun, names.own))
        own = tuple(n for n in (*names.own, *bare) if kept(n) or not Names((n,)).are_in(body))
        proper = tuple(filter(None, map(self._proper, own)))
        short = tuple(filter(None, map(self._short, own)))
        topics = tuple(topic for name in own for topic in self._topics(name))
        return replace(names, own=own, proper=proper, short=short, topics=topics)

    def shortened(self, names: Names) -> Iterator[str]:
        """Yield short forms of names of what the model itself created: "tổ tàu thuyền" for "Tổ tàu thuyền
        đoàn kết"."""
        for name in names.own:
            noun = next((noun for noun in self._creations if name.startswith(noun)), "")
            if noun and not of_a_unit(name):
                said = self._untold.split(f" {name} ")[0].split()[: noun.count(" ") + 2]
                if len(said) >= _SHORT:
                    yield " ".join(said)

    def _without_noun(self, name: str) -> str:
        """Return a name without the noun of what was created, if the rest still is one: "tiểu thương tự quản"
        for "Tổ tiểu thương tự quản"; otherwise an empty string."""
        noun = next((noun for noun in self._creations if name.startswith(noun)), "")
        rest = name.removeprefix(noun)
        long = noun and rest.count(" ") >= _SHORT and not of_a_unit(name)
        proper = self._proper(rest).split() if long else []
        return rest if proper and rest.split()[0] == proper[0] else ""  # not "tự quản tuyến đường Lê Lợi"

    def _topics(self, name: str) -> Iterator[str]:
        said = self._untold.split(f" {name} ")[0].split()
        if said and not of_a_unit(name):
            yield from map(" ".join, itertools.pairwise(said[:_TOPIC]))

    def _leads(self, body: str) -> bool:
        """Whether the body leads such work or is what such a dossier creates, or has a name of the kind."""
        leads = any(f" {word} " in body for word in self._words.leading)
        return leads or body.startswith(self._words.creations) or any(self._kinds.names([body]))

    def _proper(self, name: str) -> str:
        return " ".join(self._common.sub("  ", f" {name} ").split()) if self._common else ""

    def _short(self, name: str) -> str:
        proper, parts = self._proper(name), name.split()
        at = parts.index(proper) if proper in parts else 0
        noun = parts[at - 1] if at else ""
        return f"{noun} {proper}" if noun in self._bearers and proper.isalpha() else ""

    def tie(self, texts: Texts, header: Header, names: Names) -> Tie:
        """Return how the document is tied to the dossier with these names."""
        title = self._kinds.without_campaigns(header.abstract)
        folded = f" {words(title)} "
        # "Camera an ninh" alone is a thing; "Đội tuần tra Bến Đò" is a name.
        given = () if f" {self._words.called} " in folded else tuple(self._kinds.names([folded]))
        other_aim = self._aimed(folded, names) or is_period(title)
        plain = {key: f"{value}{texts.raw.get(key, '')}" for key, value in texts.plain.items()}
        distinct = tuple(name for name in given if self._differs(name, names))
        others = tuple(name for name in quoted_names(title) if self._is_anothers(name, names))
        unquoted = self._kinds.called_after(title)
        described = Title(title, given, distinct, others, other_aim, unquoted)
        degree = tie(plain, described, names, self._words)
        if degree is Tie.NAMED and self._begins_another(folded, names):
            return Tie.BODY
        briefly = Tie.FOREIGN < degree < Tie.TEXT and self._said_briefly(
            (folded, plain.get("issuer", "")), names
        )
        return Tie.TEXT if briefly and not self._aimed(folded, names) else degree

    def _begins_another(self, title: str, names: Names) -> bool:
        """Whether another movement's aim follows the name: "tổ liên gia an toàn phòng cháy" is nothing of
        the dossier "Tổ liên gia bình yên", though its papers call that "tổ liên gia" too."""
        if self._aims is None or not self._aimed(title, names):
            return False
        there = [name for name in names.own if f" {name} " in title]
        longest = [
            name for name in there if not any(f"{n} ".startswith(f"{name} ") for n in there if n != name)
        ]
        after = (title.split(f" {name} ", 1)[1] for name in longest)
        starts = [" ".join(["", *f" {said}".split(" va ")[0].split()[:_QUALIFIED], ""]) for said in after]
        return bool(starts) and all(self._aims.search(said) for said in starts)

    def _said_briefly(self, fields: Iterable[str], names: Names) -> bool:
        """Whether one of the fields, title and issuer, calls what the dossier created by its noun of several
        words alone: "Hội viên Câu lạc bộ", "Ban Chủ nhiệm Câu lạc bộ"."""
        end = self._words.unnamed
        several = (noun for noun in self._creations if " " in noun.strip())
        nouns = [noun for noun in several if any(name.startswith(noun) for name in names.own)]
        after = (f" {said}" for field in fields for noun in nouns for said in field.split(f" {noun}")[1:])
        return any(not said.strip() or (end is not None and end.match(said, 1)) for said in after)

    def raised(self, degree: Tie, around: View, header: Header, names: Names) -> Tie:
        """Return a document's tie after what surrounds it: citations, and whether the committee that issued
        it is the model's own, unless the title states the aim of another movement."""
        if degree is Tie.FOREIGN:
            return degree
        spoken_for = around.own_body and not self._aimed(f" {words(header.abstract)} ", names)
        return max(degree, around.tie, Tie.TEXT if spoken_for else degree)

    def _differs(self, given: str, names: Names) -> bool:
        """Whether a name of the kind has proper words that no name of the dossier has: "cụm loa an ninh" is
        no other model than "Tiếng loa an ninh"."""
        proper = set(self._proper(given).split())
        return bool(proper) and not any(proper <= set(name.split()) for name in names.own)

    def _is_anothers(self, quoted: str, names: Names) -> bool:
        """Whether a quoted name has proper words, but not those by which the dossier's names are told from
        others: "Dòng họ Lô tự quản" beside "Dòng họ Vi tự quản"."""
        proper = [set(name.split()) for name in names.proper]
        given = set(quoted.split())
        return bool(proper) and not any(each <= given for each in proper) and self._differs(quoted, names)

    def _aimed(self, title: str, names: Names) -> bool:
        """Whether a title (folded words) states the aim of another movement, in words that are not part of
        the dossier's name: "Bệnh viện an toàn"."""
        found = self._aims.finditer(title) if self._aims is not None else ()
        return any(not any(f" {aim[0]} " in f" {name} " for name in names.own) for aim in found)

    def bound(
        self,
        degree: Tie,
        texts: Texts,
        header: Header,
        scores: Mapping[str, Score],
        names: Names,
        *,
        elsewhere: str = "",
    ) -> Bound:
        """Return the limits for a document tied to ``degree``; add evidence against parts to ``scores``.

        ``elsewhere``: why the document comes from another place, whose model may have the same name.
        """
        foreign = 0.0
        if elsewhere:
            foreign = _OTHERS
            self._against(scores, self._rules.above, elsewhere)
        elif degree is Tie.FOREIGN:
            foreign = _OTHERS if names.sure else 0.0
            others = "”, “".join(quotations(header.abstract)) or header.abstract
            self._against(scores, -1.0, _("nhưng trích yếu nêu mô hình khác: “{name}”").format(name=others))
        titled = self._titled(texts, names)
        level = header.issuer_level
        above = False
        of_a_kind = self._names_a_kind(texts)
        if degree is not Tie.NAMED:
            over = self._rules.levels if of_a_kind else (*self._rules.levels, *self._rules.beside)
            above = level is not None and level.value in over
            if above:
                sentence = _("nhưng là văn bản của cấp trên, không nêu tên mô hình hay điển hình")
                self._against(scores, self._rules.above, sentence, listed=degree is Tie.TEXT)
            if degree in (Tie.OTHER, Tie.MOVEMENT) and not of_a_kind:
                sentence = _("nhưng trích yếu không nói tới mô hình hay điển hình nào")
                self._against(scores, self._rules.above, sentence)
            elif not above and not names.own:
                return Bound(
                    degree, foreign, self._general, self._lists, self._plain, _UNNAMED, titled=titled
                )
        named = bool(names.own)
        title = f" {words(header.abstract)} "
        routine = degree is Tie.TEXT and not titled and self._of_other_work(title, scores)
        aimed = self._aimed(title, names)
        spoken = self._words.movement.search(title) is not None
        return Bound(
            degree,
            foreign,
            self._general,
            self._lists,
            self._plain,
            above=above,
            named=named,
            aimed=aimed,
            astray=aimed and not spoken,
            silent=above and named and not of_a_kind,
            spoken=spoken or of_a_kind,
            titled=titled,
            routine=routine,
            bare=self._common is None and not (spoken or self._spoken_of(texts)),
        )

    def _of_other_work(self, title: str, scores: Mapping[str, Score]) -> bool:
        """Whether a title (folded words) gives a field of work of the body's own, not only the period or the
        body: "công tác thanh tra, bảo vệ năm 2023", but not "công tác năm 2023". If so, add evidence against
        parts."""
        end = self._words.unnamed
        if self._work is None or end is None:
            return False
        after = (f" {said} " for said in self._work.split(title)[1:])
        if not any(end.split(said, maxsplit=1)[0].strip().count(" ") for said in after):
            return False
        self._against(scores, self._rules.above, _("nhưng trích yếu nói về công tác khác"), listed=True)
        return True

    def _against(
        self, scores: Mapping[str, Score], weight: float, sentence: str, *, listed: bool = False
    ) -> None:
        """Add evidence against the general parts; ``listed``: except those whose documents list many
        models."""
        for part in (self._general - self._lists if listed else self._general) & scores.keys():
            scores[part].add(weight, SIGN, sentence)

    def _titled(self, texts: Texts, names: Names) -> bool:
        fields = (texts.plain.get(key, "") for key in ("abstract", "name", "issuer"))
        called = f" {self._words.called} "
        return any(
            called in said or self._words.movement.search(said) or names.are_in(said) for said in fields
        )

    def _spoken_of(self, texts: Texts) -> bool:
        return self._words.movement.search(texts.plain.get("body", "")) is not None

    def _names_a_kind(self, texts: Texts) -> bool:
        kind = f" {self._words.called} "
        return any(
            kind in texts.raw.get(key, "") for key in ("abstract", "name", "head", "operative", "issuer")
        )
