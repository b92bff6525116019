"""The inbox page: files are received, a dossier and an item are proposed, a person files them."""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dossier.checklists.schema import Checklist
from dossier.compliance.naming import place_in_words
from dossier.errors import DossierError, UsageError
from dossier.i18n import _
from dossier.scanner.pipeline import Processor
from dossier.scanner.walk_result import readable
from dossier.usecases.inbox import filing
from dossier.usecases.inbox.journal import Move
from dossier.usecases.inbox.proposing import FilingProposal, Proposer
from dossier.usecases.inbox.receiving import SecretError, receive
from dossier.usecases.inbox.waiting import Waits, files_waiting
from dossier.usecases.known import open_known
from dossier.usecases.reading import processor_for
from dossier.usecases.standing import Row, id_of
from dossier.vietnamese import words
from dossier.web.cache import Cache
from dossier.web.overview import paged, row_for, standing_for
from dossier.web.request import Answer, Ask, ConflictError, NotFoundError, data, page, see, whole_number
from dossier.web.roles import Right

_PAGE = 20  # files
_MOVES = 20
_HELD = 2000  # proposals
_MOST_NAMES = 400  # dossiers whose names are offered

Places = Mapping[int, tuple[str, ...]]  # by the document's ordinal, as typed


class Proposals:
    """Computes filing proposals and caches them for one revision of the catalogue; thread-safe."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._lock = threading.Lock()
        self._held: OrderedDict[tuple[str, str], FilingProposal] = OrderedDict()
        self._revision: object = None
        self._processor: Processor | None = None

    def listed(self) -> list[Waits]:
        """All waiting files."""
        with open_known(self._cache.archive) as catalogue:
            return files_waiting(self._cache.archive, catalogue)

    def of(self, files: Sequence[Waits]) -> list[FilingProposal]:
        """The proposals for these files, in their order."""
        revision = self._cache.revision()
        with self._lock:
            if revision != self._revision:
                self._held.clear()
                self._revision = revision
            lacking = [file for file in files if (file.path, file.sha256) not in self._held]
            if lacking:
                archive = self._cache.archive
                self._processor = self._processor or processor_for(archive)
                with open_known(archive) as catalogue:
                    proposer = Proposer(archive, catalogue, self._processor)
                    for file in lacking:
                        self._held[file.path, file.sha256] = proposer.propose(file)
            found = [self._held[file.path, file.sha256] for file in files]
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        return found


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A waiting file as shown to the visitor. ``rows``: proposed dossiers that the visitor may see, with
    confidence and reasons; ``said``: places proposed for its first document, ``parts`` and ``words``: the
    same as typed and as shown; ``click``: identifies a submission, so that a double click counts once."""

    file: Waits
    id: str
    proposal: FilingProposal
    rows: tuple[tuple[Row, float, tuple[str, ...]], ...]
    said: str
    parts: str
    words: str
    pending: bool
    click: str


def inbox(ask: Ask) -> Answer:
    """Show the waiting files with proposals, and recent filings."""
    files = _visible(ask)
    shown, number, pages = paged(files, ask.number("trang", 1), _PAGE)
    may_file = ask.visitor.may(Right.FILE)
    entries = [
        _shown(ask, file, proposal) for file, proposal in zip(shown, _proposals(ask, shown), strict=True)
    ]
    rows = standing_for(ask).rows if may_file else ()
    return page(
        "inbox.html.j2", entries=entries, total=len(files), number=number, pages=pages, query=dict(ask.query),
        certain=[each for each in entries if may_file and each.proposal.certain and not each.pending],
        moves=_moves(ask) if may_file else [], names=[row.name for row in rows[:_MOST_NAMES]],
        in_words=lambda proposal, place: place_in_words(_checklist(ask, proposal), place),
        folder=ask.cache.archive.inbox, told=ask.services.told.take(ask.visitor.name), days=_days(ask),
        most=ask.cache.archive.config.inbox.max_file_mb,
    )  # fmt: skip


def upload(ask: Ask) -> Answer:
    """Receive the files of the form, one after another; then show the list."""
    sentences = [*ask.refused]
    for file in ask.files:
        sentences.append(_taken(ask, file)[0])
    ask.services.told.put(ask.visitor.name, sentences or [_("Chưa chọn tệp nào.")])
    return see("/hop-thu-den")


def receive_sent(ask: Ask) -> Answer:
    """Receive the file in the request body."""
    sentence, path = _taken(ask, ask.sent)
    if not path:
        return data({"error": sentence, "advice": ""}, 422)
    return data({"name": path, "message": sentence}, 202)


def _taken(ask: Ask, file: Path) -> tuple[str, str]:
    """Receive a file; return a sentence on the result, and its path in the inbox (empty: refused)."""
    try:
        taken = receive(ask.cache.archive, file, _folder_of(ask))
    except SecretError as refused:
        return f"⛔ {refused.in_full}", ""
    except DossierError as refused:
        return f"✗ {refused.in_full}", ""
    if taken.unread:
        return _("✓ Đã nhận “{name}”; chưa đọc được.").format(name=file.name), taken.path
    return _("✓ Đã nhận “{name}”: {count} văn bản.").format(name=file.name, count=taken.papers), taken.path


def file_one(ask: Ask) -> Answer:
    """File a waiting file into the dossier chosen by the visitor."""
    file = _waiting_file(ask, ask.form.get("tep", ""))
    row = _chosen_row(ask)
    places = [place for place in ask.form.get("muc", "").replace(",", " ").split() if place]
    [proposal] = _proposals(ask, [file])
    proposed = (
        proposal.sure_places if proposal.choices and proposal.choices[0].folder.path == row.path else {}
    )
    # A bare part, as shown, means the proposed place with its step and period.
    as_shown = not places or places == _parts(proposed.get(1, ())) or tuple(places) == proposed.get(1)
    said: Places = proposed if as_shown else {1: tuple(places)}
    filing.check(ask.cache.archive, filing.Filing(file.path, file.sha256, row.path, said))
    _accept(ask, [(file, row.path, said)], ask.form.get("lan", ""))
    return see("/hop-thu-den")


def file_certain(ask: Ask) -> Answer:
    """File the ticked files into their certain proposals, if these are still as shown to the visitor."""
    wanted = []
    for line in ask.form.get("tep", "").splitlines():
        name, _bar, row_id = line.partition("|")
        file = _waiting_file(ask, name)
        [proposal] = _proposals(ask, [file])
        row = row_for(ask, row_id)
        if not proposal.certain or proposal.choices[0].folder.path != row.path:
            raise UsageError(_("Đề xuất cho “{name}” vừa thay đổi; xem lại.").format(name=file.name))
        wanted.append((file, row.path, proposal.sure_places))
    if wanted:
        _accept(ask, wanted, ask.form.get("lan", ""))
    return see("/hop-thu-den")


def take_back(ask: Ask) -> Answer:
    """Undo a filing."""
    number = whole_number(ask.form.get("so", ""), 11)
    if not any(move.id == number for move, _may in _moves(ask)):
        raise NotFoundError
    key = f"unfile|{number}"
    ask.services.intents.accept(ask.visitor.name, key, "unfile", [(key, {"move": number, "key": key})])
    ask.services.intents.settled(3.0)
    return see("/hop-thu-den")


def listed(ask: Ask) -> Answer:
    """Return the waiting files as JSON."""
    files = _visible(ask)
    shown, number, pages = paged(files, ask.number("trang", 1), _PAGE)
    found = [
        _shown(ask, file, proposal) for file, proposal in zip(shown, _proposals(ask, shown), strict=True)
    ]
    return data(
        {"total": len(files), "page": number, "pages": pages, "files": [_plain(each) for each in found]}
    )


def file_plain(ask: Ask) -> Answer:
    """JSON version of :func:`file_one`."""
    file_one(ask)
    return data({"waiting": ask.services.intents.waiting()}, 202)


def _plain(each: WaitingFile) -> dict[str, object]:
    return {
        "id": each.id, "name": each.file.name, "sha256": each.file.sha256, "secret": each.file.secret,
        "documents": len(each.file.documents), "unread": each.file.unread is not None,
        "certain": each.proposal.certain, "places": each.said.split(), "pending": each.pending,
        "proposals": [
            {"dossier": row.id, "name": row.name, "confidence": round(confidence, 4), "reasons": list(why)}
            for row, confidence, why in each.rows
        ],
    }  # fmt: skip


def _visible(ask: Ask) -> list[Waits]:
    """The waiting files that the visitor may see: for a unit those in its own folder."""
    files, units = ask.services.proposals.listed(), ask.visitor.units
    if units is not None:
        own = {words(unit) for unit in units}
        files = [file for file in files if file.folder and words(file.folder.split("/")[0]) in own]
    if not ask.visitor.sees_secret_names:
        files = [replace(file, name=_("(tệp bị niêm phong)")) if file.secret else file for file in files]
    return files


def _folder_of(ask: Ask) -> str:
    """The folder of the inbox for the visitor's files: that of their unit."""
    units = ask.visitor.units
    return sorted(units)[0] if units else ""


def _proposals(ask: Ask, files: Sequence[Waits]) -> list[FilingProposal]:
    return ask.services.proposals.of(files)


def _shown(ask: Ask, file: Waits, proposal: FilingProposal) -> WaitingFile:
    standing = standing_for(ask)
    rows = {row.path: row for row in standing.rows}
    seen = tuple(
        (rows[choice.folder.path], choice.confidence, choice.reasons)
        for choice in proposal.choices
        if choice.folder.path in rows
    )
    first = proposal.sure_places.get(1, ()) if seen and proposal.choices[0].folder.path in rows else ()
    checklist = _checklist(ask, proposal)
    placed = next((each.placements for each in proposal.places if each.ordinal == 1 and first), ())
    said = "; ".join(place_in_words(checklist, place) for place in placed)
    pending = f"inbox|{file.sha256}" in ask.services.intents.pending()
    if ask.visitor.units is not None and file.copies:
        file = replace(file, copies=())
    return WaitingFile(
        file, id_of(file.path), proposal, seen, " ".join(first), ", ".join(_parts(first)), said, pending,
        secrets.token_hex(8),
    )  # fmt: skip


def _parts(places: Iterable[str]) -> list[str]:
    """The part ids of places, as a person types them, without duplicates."""
    return list(dict.fromkeys(re.split(r"[.:]", place)[0] for place in places))


def _checklist(ask: Ask, proposal: FilingProposal) -> Checklist | None:
    """The checklist of the most likely dossier."""
    kind = proposal.choices[0].folder.kind if proposal.choices else ""
    return ask.cache.archive.checklists.get(kind)


def _waiting_file(ask: Ask, name: str) -> Waits:
    """The waiting file with the id ``name``. Raises :class:`ConflictError` where it was filed since the
    visitor's page was made, :class:`NotFoundError` for what never waited."""
    found = next((file for file in _visible(ask) if id_of(file.path) == name), None)
    if found is None:
        filed = next((move for move, _may in _moves(ask) if id_of(readable(move.source)) == name), None)
        if filed is None:
            raise NotFoundError
        raise ConflictError(_("Tệp này đã được {who} xếp vào hồ sơ.").format(who=filed.actor))
    if found.secret:
        raise UsageError(_("“{path}” có dấu chỉ độ mật: không xếp vào hồ sơ ở đây.").format(path=found.name))
    return found


def _chosen_row(ask: Ask) -> Row:
    """The dossier that was ticked, or whose name was typed. Raises :class:`UsageError`."""
    typed = words(ask.form.get("ten", ""))
    if not typed:
        return row_for(ask, ask.form.get("ho-so", ""))
    rows = standing_for(ask).rows
    exact = [row for row in rows if words(row.name) == typed]
    found = exact or [row for row in rows if typed in words(row.name)]
    if len(found) != 1:
        names = ", ".join(f"“{row.name}” ({row.unit or row.path})" for row in found[:5])
        raise UsageError(
            _("“{name}” chưa rõ là hồ sơ nào.").format(name=ask.form.get("ten", "")[:80]),
            _("Có thể là: {names}.").format(names=names) if names else "",
        )
    return found[0]


def _accept(ask: Ask, wanted: Sequence[tuple[Waits, str, Places]], click: str) -> None:
    """Store the requested filings; then wait briefly until they are carried out."""
    key = f"inbox|{ask.visitor.name}|{click[:40] or secrets.token_hex(8)}".replace("/", "|")
    requests = [
        (
            f"inbox|{file.sha256}",
            {
                "path": file.path, "sha256": file.sha256, "dossier": dossier, "key": f"{key}|{file.sha256}",
                "places": {str(ordinal): list(said) for ordinal, said in places.items()},
            },
        )
        for file, dossier, places in wanted
    ]  # fmt: skip
    ask.services.intents.accept(ask.visitor.name, key, "file", requests)
    ask.services.intents.settled(3.0)


def _moves(ask: Ask) -> list[tuple[Move, bool]]:
    """The newest filings into dossiers that the visitor may see, and whether each can be undone."""
    archive = ask.cache.archive
    rows = {row.path for row in standing_for(ask).rows}
    found = [move for move in filing.filed(archive, _MOVES) if move.dossier in rows]
    return [(move, filing.may_be_taken_back(archive, move)) for move in found]


def _days(ask: Ask) -> int:
    return ask.cache.archive.config.inbox.undo_days


def moved_to(move: Move) -> str:
    """The path to which a file was moved."""
    return readable(move.target)
