"""Another model's name in a document's title or issuer, where the dossier's own names are known."""

from __future__ import annotations

from functools import partial

from dossier.checklists.schema import Checklist
from dossier.model import Header
from dossier.scanner.classify.about import Names, folded_each, movement, of_a_model, quoted_names
from dossier.scanner.classify.kinds import kinds_of, proper_words
from dossier.scanner.classify.repeated import led_by
from dossier.vietnamese import marked_words, words


class Others:
    """Tells documents about other models than the one with the ``names``, which the ``path`` may give too."""

    def __init__(self, checklist: Checklist, names: Names, path: str = "") -> None:
        about = checklist.about
        sayings = folded_each(about.sayings) if about else frozenset[str]()
        self._names, self._called, self._path = names, words(checklist.called), f" {words(path)} "
        self._claiming = Names(tuple(name for name in names.own if name not in sayings))
        self._kinds = kinds_of(about, checklist.called) if about else None
        creations = folded_each(about.creations) if about else frozenset[str]()
        self._creations = tuple(f"{noun} " for noun in creations)
        self._led = partial(led_by, about, checklist.called)
        self._proper = partial(proper_words, about, checklist.called)
        self._honours = movement(about.words) if about and not about.nouns else None

    def spared(self, header: Header) -> bool:
        """Whether the title or the issuer gives one of the dossier's names, which is no common saying."""
        return self._claiming.are_in(f" {words(header.abstract)} | {words(header.issuing_body)} ")

    def unnamed(self, header: Header) -> bool:
        """Whether the names are known and neither title nor issuer gives one."""
        return self._names.sure and not self.spared(header)

    def named_in(self, header: Header) -> bool:
        """Whether the title, or else the issuer, names another model and not the dossier's."""
        title = header.abstract
        quoted = quoted_names(title) if self._names.sure else ()
        strange = bool(quoted) and not any(map(self._names.among, quoted))
        if (strange or not self._names.own) and self._honours_other_work(title):
            return True
        if strange:
            return of_a_model(title, self._called)
        if not self._names.sure or quoted or self._kinds is None:
            return False
        own = self._names.are_in(f" {words(title)} ")
        unquoted = self._kinds.called_after(title) or ("" if own else self._led(header.issuing_body))
        if unquoted:
            return not (self._names.among(unquoted) or f" {unquoted} " in self._path)
        return not own and any(map(self._is_anothers, self._kinds.names([f" {marked_words(title)} "])))

    def _honours_other_work(self, title: str) -> bool:
        """Whether a title quotes what has no word of the movement, where names are people's or bodies', which
        are not quoted: “Lao động giỏi, lao động sáng tạo”."""
        of_movement = self._honours
        if of_movement is None or self._names.are_in(f" {words(title)} "):
            return False
        return any(not of_movement.search(f" {quoted} ") for quoted in quoted_names(title))

    def _is_anothers(self, given: str) -> bool:
        """Whether a name of the kind has proper words that none of the dossier's names has ("dòng họ Đoàn tự
        quản"), and is of nothing that a model may create within itself ("đội cờ đỏ tự quản")."""
        if given.startswith(self._creations):
            return False
        proper = set(self._proper(given).split())
        return bool(proper) and not any(proper & set(name.split()) for name in self._names.own)
