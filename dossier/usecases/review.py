"""Review the doubtful documents of an archive one by one, most important first, for a person to decide."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, auto
from pathlib import Path

from dossier.archive import Archive
from dossier.checklists.schema import Checklist
from dossier.compliance.doubts import Doubt, importance
from dossier.compliance.naming import period_words, title_there
from dossier.i18n import _
from dossier.machine_json import fields
from dossier.model import Document, DossierFolder, Placement
from dossier.usecases.correct import corrected, record, restore, values_of
from dossier.usecases.decide import as_read, new_decision, placements_of, written
from dossier.usecases.indexing import catch_up
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import dossier_path
from dossier.usecases.overview import in_doubt
from dossier.usecases.reading import processor_for
from dossier.usecases.weighing import weigh
from dossier.usecases.whole_acts import whole_act
from dossier.vietnamese import words
from dossier.workspace import person

_LINE = 200  # characters of a line that are shown
_HEAD = 20  # lines searched for the abstract
_LETTERHEAD = re.compile(r"doc lap tu do hanh phuc|dang cong san viet nam|\bngay \d+ thang \d+ nam \d{4}$")
_LOOKED_AT = 20_000  # characters of a document's text used here


@dataclass(frozen=True, slots=True)
class Question:
    """A doubtful document, with its dossier and the checklist from which the answers are taken."""

    folder: DossierFolder
    checklist: Checklist
    doubt: Doubt

    @property
    def document(self) -> Document:
        """The doubtful document."""
        return self.doubt.document

    @property
    def content(self) -> tuple[str, int]:
        """Key of a decision, SHA-256 and number in the file: copies are decided together."""
        return self.document.sha256, self.document.ordinal

    @property
    def why(self) -> str:
        """A sentence on what the answer affects."""
        parts = ", ".join(self.doubt.parts)
        if not parts and self.document.open_fields:
            return _("Phần đầu văn bản đọc chưa chắc: xem bản gốc, sửa nếu sai, rồi xác nhận.")
        if not parts:
            return _("Kết quả của hồ sơ không đổi dù quyết định thế nào.")
        return _("Câu trả lời làm thay đổi tình trạng của thành phần: {parts}.").format(parts=parts)

    def title(self, place: Placement) -> str:
        """Title of a place in the checklist, with the period, in the language in use."""
        part = self.checklist.part(place.part)
        period = period_words(part, place.period) if place.period else ""
        return ", ".join(filter(None, (title_there(self.checklist, place), period)))

    def as_dict(self) -> dict[str, object]:
        """For machines."""
        document, header = self.document, self.document.header
        return {
            **fields(document, "path ordinal pages sha256"),
            "dossier": self.folder.path,
            "kind": self.folder.kind,
            **fields(header, "type number_symbol date=dated? abstract"),
            **fields(self.doubt, "stake parts"),
            "answers": [
                {
                    "parts": [written(place) for place in answer],
                    "confidence": max(place.confidence for place in answer),
                    "evidence": list(dict.fromkeys(said for place in answer for said in place.evidence)),
                }
                for answer in self.doubt.answers
            ],
        }


def questions(archive: Archive, today: date | None = None, dossier: str | None = None) -> list[Question]:
    """Return the doubtful documents of all dossiers or of one, most important first."""
    only = dossier_path(archive, dossier) if dossier is not None else None
    return [Question(*found) for found in in_doubt(archive, today, only)]


class _Did(Enum):
    ANSWERED = auto()
    SKIPPED = auto()
    CORRECTED = auto()


@dataclass(frozen=True, slots=True)
class _Step:
    """What was done with a question; ``before``: the document's corrections before this step."""

    question: Question
    did: _Did
    before: Mapping[str, str] = field(default_factory=dict)


class Review:
    """A review session: answer, skip or go back. Every answer is stored at once.

    The remaining questions are sorted again after each answer, since the assessment has changed.
    :meth:`answer` and :meth:`back` raise :class:`~dossier.errors.LockedError` while another process writes,
    and change nothing then.
    """

    def __init__(self, archive: Archive, today: date | None = None, dossier: str | None = None) -> None:
        self.archive = archive
        self._today = today
        self._processor = processor_for(archive)
        self._left = questions(archive, today, dossier)
        self._fixed = False
        self._passed: list[_Step] = []

    @property
    def current(self) -> Question | None:
        """The current question; ``None`` if none is left."""
        return self._left[0] if self._left else None

    @property
    def answered(self) -> int:
        """Number of questions answered so far."""
        return sum(step.did is _Did.ANSWERED for step in self._passed)

    @property
    def left(self) -> int:
        """Number of questions neither answered nor skipped."""
        return len(self._left)

    @property
    def skipped(self) -> int:
        """Number of questions skipped."""
        return sum(step.did is _Did.SKIPPED for step in self._passed)

    def file(self) -> Path:
        """Path on disk of the current document's file."""
        path = self._left[0].document.path
        with open_known(self.archive) as catalogue:
            names = (os.fsdecode(raw) for raw, file in catalogue.known_files().items() if file.path == path)
            return self.archive.root / next(names, path)

    def lines(self, count: int) -> list[str]:
        """The first ``count`` lines of the current document after its letterhead, if that was recognised."""
        question = self._left[0]
        with open_known(self.archive) as catalogue:
            indexed = catalogue.feed.to_index([question.document.path]).get(question.document.path, [])
        text = next((text for doc, text, _where in indexed if doc.ordinal == question.document.ordinal), "")
        lines = [" ".join(line.split()) for line in text[:_LOOKED_AT].splitlines() if line.strip()]
        known = words(question.document.header.abstract)
        head = list(enumerate(lines[:_HEAD], start=1))
        after = [at for at, line in head if known and words(line) in known]
        if not after:  # no title recognised: start below the letterhead
            after = [at for at, line in head if _LETTERHEAD.search(words(line))]
        return [line[:_LINE] for line in lines[max(after, default=0) :][:count]]

    def answer(self, places: Sequence[Placement]) -> None:
        """Record the places of the current document; an empty list means that it belongs to no item."""
        question = self._left[0]
        decided = placements_of(question.checklist, [written(place) for place in places])
        with writing(self.archive, "review"), open_known(self.archive) as catalogue:
            full = as_read(question.checklist, question.document, decided)
            with whole_act(self.archive, catalogue) as say:
                say(
                    "assign", question.document.id, places=[written(p) for p in decided] or ["none"],
                    sha256=question.document.sha256,
                )  # fmt: skip
                catalogue.decisions.record([new_decision(question.document, full)])
            weigh(self.archive, catalogue, self._processor)
        self._passed.append(_Step(question, _Did.ANSWERED))
        self._refresh(question)

    def typed(self, places: Sequence[str]) -> None:
        """Like :meth:`answer`, with places as typed by a person. Raises :class:`~dossier.errors.UsageError`
        for an unknown one."""
        self.answer(placements_of(self._left[0].checklist, places))

    def check(self, corrections: Mapping[str, str]) -> None:
        """Raise :class:`~dossier.errors.UsageError` for corrections that :meth:`fix` would refuse."""
        values_of(self.archive, self._left[0].document, corrections, self._today)

    def fix(self, corrections: Mapping[str, str]) -> None:
        """Correct fields of the current document (:func:`~dossier.usecases.correct.correct`); the question is
        asked again if the document is still doubtful. Raises :class:`~dossier.errors.UsageError` for an
        invalid value."""
        question = self._left[0]
        values = values_of(self.archive, question.document, corrections, self._today)
        with writing(self.archive, "review"), open_known(self.archive) as catalogue:
            before = corrected(catalogue, question.document)
            with whole_act(self.archive, catalogue) as say:
                say("correct", question.document.id, fields=dict(corrections))
                record(catalogue, question.document, values)
            weigh(self.archive, catalogue, self._processor)
        self._passed.append(_Step(question, _Did.CORRECTED, before))
        self._fixed = True
        self._refresh(question)

    def skip(self) -> None:
        """Skip the current document."""
        self._passed.append(_Step(self._left.pop(0), _Did.SKIPPED))

    def back(self) -> bool:
        """Revoke the last answer or correction, or return to the document skipped last; ``False`` if there
        is no earlier step."""
        if not self._passed:
            return False
        step = self._passed[-1]
        question = step.question
        if step.did is not _Did.SKIPPED:
            with writing(self.archive, "review"), open_known(self.archive) as catalogue:
                with whole_act(self.archive, catalogue) as say:
                    if step.did is _Did.ANSWERED:
                        say("unassign", question.document.id)
                        catalogue.decisions.end(*question.content, author=person())
                    else:
                        say("uncorrect", question.document.id)
                        restore(catalogue, question.document, step.before)
                weigh(self.archive, catalogue, self._processor)
        self._passed.pop()
        if step.did is not _Did.SKIPPED:
            self._refresh(question)
        self._left = [question, *(q for q in self._left if q.document.id != question.document.id)]
        return True

    def finish(self) -> None:
        """Update the full-text index with the decisions made."""
        if self.answered or self._fixed:
            with writing(self.archive, "review"), open_known(self.archive) as catalogue:
                catch_up(self.archive, catalogue)

    def _refresh(self, question: Question) -> None:
        """Collect the questions of a dossier again after its assessment has changed."""
        passed = {step.question.content for step in self._passed if step.did is not _Did.CORRECTED}
        others = [q for q in self._left if q.folder.path != question.folder.path]
        again = questions(self.archive, self._today, question.folder.path)
        left = [q for q in (*others, *again) if q.content not in passed]
        self._left = sorted(left, key=lambda question: importance(question.doubt))
