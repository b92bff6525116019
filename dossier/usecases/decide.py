"""Decisions by people that override the program: places of documents, and waivers of findings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from dossier.archive import Archive
from dossier.checklists.duties import load_duties
from dossier.checklists.rules import FIXED
from dossier.checklists.schema import Checklist, Part
from dossier.checklists.spoken import places_said
from dossier.compliance.archive_wide import LOST
from dossier.compliance.naming import title
from dossier.compliance.rules import explain
from dossier.compliance.unit import WHERE
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Decision, Document, Header, Placement, Source, UnreadFile, Waiver
from dossier.scanner.classify.names import without_extension
from dossier.scanner.classify.periods import period
from dossier.usecases import typed_text
from dossier.usecases.assess import assess
from dossier.usecases.inspect import documents_of, unread_files
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import one_of
from dossier.usecases.weighing import follow
from dossier.usecases.whole_acts import whole_act
from dossier.vietnamese import words
from dossier.workspace import moment, person

_SURE = 3.0  # minimum weight of a document type that determines the step by itself


def as_read(
    checklist: Checklist, what: Document | UnreadFile, placements: Sequence[Placement]
) -> list[Placement]:
    """Return placements with missing periods and steps completed from the document.

    A placement recognised for the same part is used first, then the document's head and path.
    """
    read = what.placements if isinstance(what, Document) else what.candidates
    header = what.header if isinstance(what, Document) else Header()
    known = {place.part: place for place in read}
    return [_completed(checklist.part(p.part), what.path, header, p, known) for p in placements]


def _completed(
    part: Part, path: str, header: Header, place: Placement, known: dict[str, Placement]
) -> Placement:
    before = known.get(place.part)
    chosen_period, step = place.period, place.step
    if not chosen_period and part.period:
        chosen_period = (before.period if before else "") or _period(part, path, header)
    if not step and part.steps:
        step = (before.step if before else "") or _step(part, header)
    return replace(place, period=chosen_period, step=step)


def _period(part: Part, path: str, header: Header) -> str:
    folders, _slash, name = path.rpartition("/")
    folder = folders.rpartition("/")[2]
    texts = {
        "abstract": words(header.abstract),
        "name": words(without_extension(name)),
        "folder": words(folder),
    }
    return period(part.period, texts, header.date)


def _step(part: Part, header: Header) -> str:
    """Return the step that the document's type determines; empty if none."""
    weight, step = max((step.types.get(header.type, 0.0), step.id) for step in part.steps)
    return step if weight >= _SURE else ""


_PLACE = re.compile(r"(\d{1,2}[a-z]?)(?:\.([a-z-]+))?(?::(\d{4}(?:-h[12])?))?")


def assign(archive: Archive, file: str, places: Sequence[str]) -> tuple[Document | UnreadFile, ...]:
    """Record a person's decision where a file's documents belong; return the documents as placed. A file that
    could not be read (a photograph, a film) is placed, and returned, as a whole.

    ``file`` may end in ``#2`` for the second document of a file. A place is a part (``6a``), with a
    step (``16c.notice``) or a period (``10a:2024-H1``), or ``none``; an omitted step or period is taken from
    the document. Raises :class:`UsageError` for an unknown file or place.
    """
    return assign_all(archive, [file], places)


def assign_all(
    archive: Archive, files: Sequence[str], places: Sequence[str]
) -> tuple[Document | UnreadFile, ...]:
    """Record the decision of :func:`assign` about several files as one act: all of them or, if one may not be
    placed so, none; taken back together too."""
    found = [_documents(archive, file) for file in files]
    wanted = [placements_of(checklist, places) for _found, checklist in found]
    at = moment().replace(microsecond=0)
    with writing(archive, "assign"), open_known(archive) as catalogue:
        with whole_act(archive, catalogue) as say:
            for file, (own, checklist), placements in zip(files, found, wanted, strict=True):
                say("assign", file, places=list(places), sha256=own[0].sha256)
                catalogue.decisions.record(
                    [new_decision(each, as_read(checklist, each, placements), at) for each in own]
                )
        follow(archive, catalogue, (each.path for own, _checklist in found for each in own))
    return tuple(each for file in files for each in _documents(archive, file)[0])


def new_decision(
    what: Document | UnreadFile, placements: Sequence[Placement], at: datetime | None = None
) -> Decision:
    """Return a new decision of the person at this machine about a document or an unread file, made ``at`` a
    moment in whole seconds, or now."""
    pages = what.pages if isinstance(what, Document) else None
    made = at or moment().replace(microsecond=0)
    return Decision(what.sha256, what.ordinal, tuple(placements), person(), made, pages, what.path)


def placements_of(checklist: Checklist, places: Sequence[str], author: str = "") -> tuple[Placement, ...]:
    """Parse places as a person writes them (:func:`assign`). Raises :class:`UsageError` for an unknown
    one."""
    wanted = places_said(checklist, places)
    if wanted is None:
        raise _no_place(checklist, " ".join(places), [p for item in checklist.items for p in item.parts])
    return tuple(dict.fromkeys(_placement(checklist, place, author or person()) for place in wanted))


def written(placement: Placement) -> str:
    """Format a place as a person writes it: ``6a``, ``16c.notice``, ``10a:2024-H1``."""
    step = f".{placement.step}" if placement.step else ""
    return f"{placement.part}{step}" + (f":{placement.period}" if placement.period else "")


def reset(archive: Archive, file: str) -> int:
    """Undo :func:`assign`; return the number of revoked decisions."""
    return reset_all(archive, [file])


def reset_all(archive: Archive, files: Sequence[str]) -> int:
    """Undo :func:`assign_all`; return the number of revoked decisions."""
    found = [_documents(archive, file)[0] for file in files]
    with writing(archive, "assign"), open_known(archive) as catalogue:
        with whole_act(archive, catalogue) as say:
            undone = 0
            for file, own in zip(files, found, strict=True):
                say("unassign", file)
                undone += sum(catalogue.decisions.end(d.sha256, d.ordinal, author=person()) for d in own)
        follow(archive, catalogue, (each.path for own in found for each in own))
    return undone


def waive(
    archive: Archive,
    dossier: str,
    rule: str,
    *,
    part: str = "",
    reason: str,
    until: date | None = None,
    today: date | None = None,
) -> Waiver:
    """Waive a finding, optionally until a day. Raises :class:`UsageError` for an unknown rule or one that may
    not be waived, a blank reason, or a past day."""
    rule = _rule(archive, dossier, rule)
    _check(archive, dossier, rule)
    if rule in FIXED:
        raise UsageError(
            _("Không thể chấp nhận phát hiện {rule}.").format(rule=rule),
            _("Bí mật nhà nước luôn phải được xử lý theo luật. Xem cách làm: dossier explain {rule}").format(
                rule=rule
            ),
        )
    reason = typed_text.reason(reason)
    if until and until < (today or date.today()):
        raise UsageError(
            _("Thời hạn {day} đã qua.").format(day=until.strftime("%d/%m/%Y")),
            _("Ghi một ngày từ hôm nay trở đi, hoặc bỏ --until để chấp nhận không thời hạn."),
        )
    waiver = Waiver(dossier, rule, reason, person(), moment(), part, until)
    with (
        writing(archive, "waive"),
        open_known(archive) as catalogue,
        whole_act(archive, catalogue) as say,
    ):
        say("waive", dossier, rule=waiver.rule, part=part, reason=waiver.reason, until=until)
        catalogue.waivers.record([waiver])
    return waiver


def waivers(archive: Archive, today: date | None = None) -> list[tuple[Waiver, bool, int]]:
    """Return every waiver with whether it is in force and how many findings it covers; the latest first."""
    report = assess(archive, today)
    used = Counter(f.waiver for f in report.all_findings if f.waiver is not None)
    known = [(w, True, used[w]) for w in report.waivers] + [(w, False, 0) for w in report.expired]
    return sorted(known, key=lambda entry: entry[0].made_at, reverse=True)


def names(archive: Archive) -> dict[str, str]:
    """Return the names of the dossiers by path."""
    with open_known(archive) as catalogue:
        return {path: folder.name for path, folder in catalogue.folders().items()}


def unwaive(archive: Archive, dossier: str, rule: str, part: str = "") -> bool:
    """Revoke a waiver; return false if there was none."""
    rule = _rule(archive, dossier, rule)
    _check(archive, dossier, rule)
    with (
        writing(archive, "waive"),
        open_known(archive) as catalogue,
        whole_act(archive, catalogue) as say,
    ):
        if ended := catalogue.waivers.end(dossier, rule, part, author=person()):
            say("unwaive", dossier, rule=rule.upper(), part=part)
        return ended


def _rule(archive: Archive, dossier: str, name: str) -> str:
    """Return the id of the rule that a person names; items are first looked up in the dossier's own kind."""
    with open_known(archive) as catalogue:
        folder = catalogue.folders().get(dossier)
    own = {folder.kind: archive.checklists[folder.kind]} if folder else {}
    return explain(name, own | dict(archive.checklists)).id


def _check(archive: Archive, dossier: str, rule: str) -> None:
    if rule in {duty.rule for duty in load_duties()}:
        if dossier != WHERE:
            raise UsageError(
                _("{rule} là việc chung của đơn vị, không của hồ sơ nào.").format(rule=rule),
                _("Ghi dấu chấm thay cho hồ sơ: dossier waive . {rule}").format(rule=rule),
            )
        return
    if rule == LOST:  # the dossier no longer exists
        gone = sorted(path for f in assess(archive).findings if f.rule == LOST for path in f.documents)
        if dossier not in gone:
            raise UsageError(
                _("Không có hồ sơ đã mất nào tên “{path}”.").format(path=dossier),
                _("Các hồ sơ đã mất: {paths}.").format(paths=", ".join(gone) or _("không có")),
            )
        return
    assess(archive, dossier=dossier)


def _documents(archive: Archive, file: str) -> tuple[tuple[Document | UnreadFile, ...], Checklist]:
    name, one = one_of(file)
    path, kind, found = documents_of(archive, name)
    chosen: tuple[Document | UnreadFile, ...] = tuple(d for d in found if one is None or d.ordinal == one)
    if not found and kind:
        chosen = unread_files(archive, path)
    if not chosen or not all(each.sha256 for each in chosen):
        raise UsageError(
            _("“{path}” không có văn bản nào đọc được để xếp mục.").format(path=path),
            _('Xem tình trạng của tệp bằng: dossier show "{path}"').format(path=path),
        )
    if not kind:
        raise UsageError(
            _("“{path}” không nằm trong hồ sơ nào nên chưa xếp vào mục được.").format(path=path),
            _(
                'Nói nó thuộc hồ sơ nào: dossier adopt "{path}" --into HỒ_SƠ; hoặc nhận cả thư mục: '
                'dossier adopt "{folder}"'
            ).format(path=path, folder=path.rpartition("/")[0] or "."),
        )
    return chosen, archive.checklists[kind]


def _no_place(checklist: Checklist, place: str, parts: Sequence[Part]) -> UsageError:
    """Return the error for an unknown or ambiguous place, listing the possible parts."""
    listed = "\n".join(f"  {part.id:4}{title(part)}" for part in parts)
    every = len(parts) == sum(len(item.parts) for item in checklist.items)
    sentence = (
        _("Không hiểu “{place}” là mục nào của hồ sơ {kind}.")
        if every
        else _("Mục {place} của hồ sơ {kind} có nhiều thành phần; hãy nêu thành phần nào.")
    )
    return UsageError(
        sentence.format(place=place, kind=checklist.called or checklist.title),
        _("Các thành phần (viết 6a, hoặc “mục 6a”; “không” nếu không thuộc mục nào):") + f"\n{listed}",
    )


def _placement(checklist: Checklist, place: str, author: str) -> Placement:
    match = _PLACE.fullmatch(place.strip().lower())
    part_id, step, period = match.groups() if match else ("", None, None)
    try:
        item, part = checklist.item_of(part_id), checklist.part(part_id)
    except KeyError:
        of_item = next((item.parts for item in checklist.items if str(item.number) == part_id), None)
        every = [part for item in checklist.items for part in item.parts]
        raise _no_place(checklist, place, of_item or every) from None
    if step and step not in {s.id for s in part.steps}:
        steps = ", ".join(title(s) for s in part.steps) or "–"
        raise UsageError(
            _("Thành phần {part} không có bước “{step}”.").format(part=part.id, step=step),
            _("Các bước: {steps}.").format(steps=steps),
        )
    return Placement(
        item.number,
        part.id,
        1.0,
        Source.PERSON,
        (_("người dùng {user} quyết định").format(user=author),),
        step or "",
        (period or "").upper(),
    )
