"""What the tie of a paper to its dossier allows: how sure a place may be, and what speaks against it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dossier.checklists.schema import Checklist
from dossier.i18n import _
from dossier.model import Header
from dossier.scanner.classify.about import KindWords, Names, Tie, Title, movement, quoted_names, tie
from dossier.scanner.classify.around import SIGN
from dossier.scanner.classify.kinds import kinds_of
from dossier.scanner.classify.scoring import Score
from dossier.scanner.classify.text import Texts
from dossier.vietnamese import words

_BY_TEXT = 0.95  # most that a name in the text alone makes sure
_UNNAMED = 0.94  # most where the dossier has no name to go by, and the title speaks of a model
_UNTIED = 0.89  # most without a name or a citation otherwise: never certain
_OTHERS = 6.0  # weight of a quoted name that is not the one on which the dossier's papers agree


@dataclass(frozen=True, slots=True)
class Bound:
    """How sure a place may be.

    ``foreign``: what the tie counts for belonging to no item. ``above``: a body of a higher level issued the
    paper, and it names no model. ``filled``: parts that another paper of the dossier fills.
    ``named``: it is known what the dossier is called. ``aimed``: its title tells what another movement is
    for.
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

    def allows(self, part: str) -> bool:
        """Whether the paper may be placed there without a person."""
        return self.tie > Tie.OTHER or (self.tie >= Tie.BODY and part in self.plain)

    def of_any_work(self, part: str) -> bool:
        """Whether a dossier of known name has nothing of its own in words for that part."""
        return self.named and part in self.general

    def of(self, part: str) -> float:
        """The most that the confidence of that part may be."""
        if self.tie is Tie.NAMED:
            return 1.0
        by_text = part in self.lists or part not in self.general
        return _BY_TEXT if self.tie is Tie.TEXT and by_text else self.untied


UNBOUND = Bound()


class Tied:
    """What a checklist's ``[about]`` says, ready for matching."""

    def __init__(self, checklist: Checklist) -> None:
        assert checklist.about is not None
        self._rules = checklist.about
        self._aims = movement(self._rules.other_aims) if self._rules.other_aims else None
        self._general, self._lists = frozenset(self._rules.general), frozenset(self._rules.lists)
        self._plain = frozenset(self._rules.plain)
        self._bearers = frozenset(filter(None, map(words, self._rules.bearers.split("|"))))
        self._kinds = kinds_of(self._rules, checklist.called)
        called = words(checklist.called)
        leading = (called, self._rules.committee, *self._rules.leaders.split("|"))
        self._words = KindWords(
            called,
            movement(self._rules.words),
            frozenset(words(each) for each in self._rules.sayings.split("|")),
            movement(f"{self._rules.unnamed}|{self._rules.breaks}") if self._rules.unnamed else None,
            frozenset(filter(None, map(words, leading))),
        )
        common = "|".join(
            filter(None, (self._rules.nouns, self._rules.marks, self._rules.tails, checklist.called))
        )
        self._common = movement(common) if self._rules.nouns else None

    def own(self, names: Names, header: Header) -> Names:
        """The dossier's names that are not its issuer's own, with what of them is proper to it."""
        if self._common is None:
            return names
        body = f" {words(header.issuing_body)} "
        own = tuple(name for name in names.own if f" {name} " not in body or self._leads(body))
        proper = tuple(filter(None, map(self._proper, own)))
        return replace(names, own=own, proper=proper, short=tuple(filter(None, map(self._short, own))))

    def _leads(self, body: str) -> bool:
        """Whether the body is one that leads such work, or is named as one of the kind itself."""
        return any(f" {word} " in body for word in self._words.leading) or any(self._kinds.names([body]))

    def _proper(self, name: str) -> str:
        return " ".join(self._common.sub("  ", f" {name} ").split()) if self._common else ""

    def _short(self, name: str) -> str:
        left, said = self._proper(name), name.split()
        at = said.index(left) if left in said else 0
        return f"{said[at - 1]} {left}" if at and said[at - 1] in self._bearers and left.isalpha() else ""

    def tie(self, texts: Texts, header: Header, names: Names) -> Tie:
        """How the paper is tied to the dossier of these names."""
        title = header.abstract
        said = f" {words(title)} "
        # "Camera an ninh" alone is a thing; "Đội tuần tra Bến Đò" is somebody's name.
        given = () if f" {self._words.called} " in said else tuple(self._kinds.names([said]))
        other_aim = self._aimed(said, names)
        plain = {key: f"{value}{texts.raw.get(key, '')}" for key, value in texts.plain.items()}
        spoken = Title(title, given, tuple(filter(self._proper, given)), other_aim)
        return tie(plain, spoken, names, self._words)

    def _aimed(self, said: str, names: Names) -> bool:
        """Whether a title has words of what another movement is for that are not the dossier's own:
        "Bệnh viện an toàn"."""
        found = self._aims.finditer(said) if self._aims is not None else ()
        return any(not any(f" {aim[0]} " in f" {name} " for name in names.own) for aim in found)

    def bound(
        self,
        told: Tie,
        texts: Texts,
        header: Header,
        scores: Mapping[str, Score],
        names: Names,
        *,
        elsewhere: bool = False,
    ) -> Bound:
        """What that allows; what it says against single places is added to their ``scores``.

        ``elsewhere``: the paper comes from another commune, whose model may bear the same name.
        """
        foreign = 0.0
        if elsewhere:
            foreign = _OTHERS
            self._against(scores, self._rules.above, _("nhưng là văn bản của xã, phường khác"))
        elif told is Tie.FOREIGN:
            foreign = _OTHERS if names.sure else 0.0
            others = "”, “".join(quoted_names(header.abstract)) or header.abstract
            self._against(scores, -1.0, _("nhưng trích yếu nêu mô hình khác: “{name}”").format(name=others))
        level = header.issuer_level
        above = False
        if told is not Tie.NAMED:
            of_a_kind = self._names_a_kind(texts)
            over = self._rules.levels if of_a_kind else (*self._rules.levels, *self._rules.beside)
            above = level is not None and level.value in over
            if above:
                said = _("nhưng là văn bản của cấp trên, không nêu tên mô hình")
                self._against(scores, self._rules.above, said, listed=told is Tie.TEXT)
            if told in (Tie.OTHER, Tie.MOVEMENT) and not of_a_kind:
                self._against(scores, self._rules.above, _("nhưng trích yếu không nói tới mô hình nào"))
            elif not above and not names.own:
                return Bound(told, foreign, self._general, self._lists, self._plain, _UNNAMED)
        named = bool(names.own)
        aimed = self._aimed(f" {words(header.abstract)} ", names)
        return Bound(
            told, foreign, self._general, self._lists, self._plain, above=above, named=named, aimed=aimed
        )

    def _against(
        self, scores: Mapping[str, Score], weight: float, said: str, *, listed: bool = False
    ) -> None:
        """Against the general parts; ``listed``: but for those whose papers name many models."""
        for part in (self._general - self._lists if listed else self._general) & scores.keys():
            scores[part].add(weight, SIGN, said)

    def _names_a_kind(self, texts: Texts) -> bool:
        kind = f" {self._words.called} "
        return any(
            kind in texts.raw.get(key, "") for key in ("abstract", "name", "head", "operative", "issuer")
        )
