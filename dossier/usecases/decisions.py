"""List, revoke, export and import the decisions of an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter

from dossier.archive import Archive
from dossier.checklists.schema import Checklist
from dossier.checklists.spoken import kind_named
from dossier.checklists.vocabulary import use
from dossier.compliance.naming import places_in_words
from dossier.errors import DossierError, UsageError
from dossier.i18n import _
from dossier.machine_json import fields
from dossier.model import Correction, Decision, Document, DossierFolder, Header, Placement
from dossier.usecases import audit
from dossier.usecases import decision_table as table
from dossier.usecases.decide import as_read, placements_of, written
from dossier.usecases.field_values import parsed
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import archive_path, no_kind, one_of
from dossier.usecases.weighing import follow
from dossier.usecases.whole_acts import whole_act
from dossier.workspace import person

_LEAST_HASH = 8  # minimum length of a hash prefix given by a person


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision or correction with its current document; ``None``: the content is not in the archive, or the
    decision is astray. ``kind``: of the dossier that contains, or contained, the file."""

    decision: Decision | Correction
    document: Document | None
    kind: str = ""

    @property
    def path(self) -> str:
        """Current path of the file, else its path at the time of the decision."""
        return self.document.path if self.document else self.decision.path

    @property
    def state(self) -> str:
        """One of ``in-force``, ``waiting`` (the content is not in the archive), ``astray``, ``ended``."""
        if self.decision.ended_at is not None:
            return "ended"
        if self.decision.astray:
            return "astray"
        return "in-force" if self.document else "waiting"

    def said(self, checklists: Mapping[str, Checklist]) -> str:
        """Return the decided places in words; empty for a correction."""
        if isinstance(self.decision, Correction):
            return ""
        return places_in_words(checklists.get(self.kind), self.decision.placements)

    def as_dict(self) -> dict[str, object]:
        """Return the decision for JSON."""
        decision = self.decision
        return {
            **fields(decision, "sha256 ordinal pages"),
            "path": self.path,
            "what": "fields" if isinstance(decision, Correction) else "place",
            "parts": [] if isinstance(decision, Correction) else [written(p) for p in decision.placements],
            "fields": dict(decision.values) if isinstance(decision, Correction) else {},
            **fields(decision, "author made_at"),
            "state": self.state,
            **fields(decision, "ended_at ended_by"),
        }


@dataclass(slots=True)
class Imported:
    """Result of importing a table. ``refused``: row number in the file (the header row is 1) and reason."""

    taken: int = 0
    waiting: int = 0  # of those taken: the content is not in the archive yet
    known: int = 0  # equal to a decision in force here
    refused: list[tuple[int, str]] = field(default_factory=list)


def decisions(archive: Archive, *, history: bool = False) -> list[Decided]:
    """Return decisions and corrections in force, oldest first; with ``history`` also revoked and replaced
    ones."""
    with open_known(archive) as catalogue:
        found: list[Decision | Correction] = [*catalogue.decisions.all(history=history)]
        found += catalogue.corrections.all(history=history)
        states = catalogue.states() if found else []
        outside = catalogue.outside().documents if found else ()
        folders = catalogue.folders() if found else {}
    here: dict[tuple[str, int], tuple[Document | None, str]] = {
        (d.sha256, d.ordinal): (d, "") for d in outside
    }
    here |= {(d.sha256, d.ordinal): (d, s.folder.kind) for s in states for d in s.documents}
    decided = []
    for decision in sorted(found, key=attrgetter("made_at")):
        document, kind = here.get((decision.sha256, decision.ordinal), (None, ""))
        if document is None or decision.astray:
            document, kind = None, _kind_at(folders, decision.path)
        decided.append(Decided(decision, document, kind))
    return decided


def _kind_at(folders: Mapping[str, DossierFolder], path: str) -> str:
    """Return the kind of the innermost dossier around ``path``, which may no longer exist; empty if none."""
    above = (folders.get(path[:end]) for end in range(len(path) - 1, 0, -1) if path[end] == "/")
    return next((folder.kind for folder in above if folder is not None), "")


def undo(archive: Archive, given: str) -> list[Decided]:
    """Revoke the decisions about a file (``FILE``, ``FILE#2``, or the beginning of its hash); return them.

    Works for files that no longer exist, too. Raises :class:`UsageError` if there is no decision about it.
    """

    name, one = one_of(given)
    path = archive_path(archive, name)
    meant = [
        found
        for found in decisions(archive)
        if (one is None or found.decision.ordinal == one) and _means(found, path, name)
    ]
    if not meant:
        raise UsageError(
            _("Không có quyết định nào về “{path}”.").format(path=given),
            _("Xem các quyết định bằng: dossier decisions list"),
        )
    with writing(archive, "decisions"), open_known(archive) as catalogue:
        with whole_act(archive, catalogue) as say:
            say("undo", given)
            for found in meant:
                kept = (
                    catalogue.corrections if isinstance(found.decision, Correction) else catalogue.decisions
                )
                kept.end(found.decision.sha256, found.decision.ordinal, author=person())
        follow(archive, catalogue, (found.decision.path for found in meant))
    return meant


def _means(found: Decided, path: str, given: str) -> bool:
    hash_ = given.strip().lower()
    return path in (found.path, found.decision.path) or (
        len(hash_) >= _LEAST_HASH and found.decision.sha256.startswith(hash_)
    )


def export(archive: Archive, shown: Callable[[Decided], bool] = lambda _found: True) -> bytes:
    """Export the decisions in force for which ``shown`` is true, as a table for spreadsheets (CSV)."""
    audit.note(archive, "decisions-export")
    return table.write(
        table.TableRow(
            found.decision,
            found.path,
            archive.checklists[found.kind].called if found.kind in archive.checklists else found.kind,
            found.document.header if found.document else None,
        )
        for found in decisions(archive)
        if shown(found)
    )


def import_(archive: Archive, data: bytes) -> Imported:
    """Import decisions from a table, each row by itself, so that an invalid row does not affect the others.

    A decision made here later than the one in the table stays. Decisions about content that is not in
    the archive wait for it. Raises :class:`UsageError` if the table as a whole cannot be read.
    """
    done = Imported()
    here = {_key(f.decision): f.decision for f in decisions(archive) if f.state != "astray"}
    with open_known(archive) as catalogue:
        contents = {f.sha256 for f in catalogue.known_files().values()}
        inside = [(d, s.folder.kind) for s in catalogue.states() for d in s.documents]
        outside = catalogue.outside().documents
    kinds = {(d.sha256, d.ordinal): kind for d, kind in inside}
    documents = {(d.sha256, d.ordinal): d for d in (*outside, *(d for d, _kind in inside))}
    made: dict[Key, Decision | Correction] = {}
    for number, cells in table.read(data):
        try:
            row = table.parse(cells)
            content = (row.decision.sha256, row.decision.ordinal)
            _check_document(content, contents, documents)
            from_row = _row_decisions(
                archive,
                row,
                kinds.get(content) or kind_named(archive.checklists, row.kind) or row.kind,
                documents.get(content),
            )
        except DossierError as error:
            done.refused.append((number, error.in_full))
            continue
        for decision in from_row:
            if refusal := _refusal(decision, here.get(_key(decision)), made):
                done.refused.append((number, refusal))
            elif _same(here.get(_key(decision)), decision):
                done.known += 1
            else:
                made[_key(decision)] = decision
                done.waiting += decision.sha256 not in contents
    done.taken = len(made)
    if made:
        with writing(archive, "decisions"), open_known(archive) as catalogue:
            with whole_act(archive, catalogue) as say:
                say("decisions-import", taken=done.taken, table_sha256=hashlib.sha256(data).hexdigest())
                catalogue.decisions.record(each for each in made.values() if isinstance(each, Decision))
                catalogue.corrections.record(each for each in made.values() if isinstance(each, Correction))
            follow(archive, catalogue, (each.path for each in made.values()))
    return done


Key = tuple[str, int, bool]  # content, ordinal, whether it is a correction


def _key(made: Decision | Correction) -> Key:
    return made.sha256, made.ordinal, isinstance(made, Correction)


def _refusal(
    decision: Decision | Correction, before: Decision | Correction | None, made: Container[Key]
) -> str:
    """Return the reason why a row is refused, in a sentence; empty if it is accepted."""
    if _key(decision) in made:
        return _("Văn bản này đã có ở một dòng phía trên.")
    if before is not None and before.made_at > decision.made_at and not _same(before, decision):
        sentence = _("Ở đây đã có quyết định mới hơn của {author} ({day}); quyết định đó được giữ.")
        return sentence.format(author=before.author, day=f"{before.made_at:%d/%m/%Y}")
    return ""


def _row_decisions(
    archive: Archive, row: table.Parsed, kind: str, document: Document | None
) -> list[Decision | Correction]:
    """Return the decision on the document's places in a row, the correction of its head, or both."""
    decided: list[Decision | Correction] = []
    if row.places:
        decided.append(_settled(archive, row, kind, document))
    if row.fixes:
        use(archive.vocabulary)
        bare = row.decision
        author = bare.author or person()
        values = parsed(dict(row.fixes), document.header if document else Header())
        decided.append(
            Correction(bare.sha256, bare.ordinal, values, author, bare.made_at, bare.pages, bare.path)
        )
    return decided


def _settled(archive: Archive, row: table.Parsed, kind: str, document: Document | None) -> Decision:
    """Return the row's decision with places validated against its kind's checklist and completed from the
    document."""
    if kind and kind not in archive.checklists:
        raise no_kind(archive, kind)
    author = row.decision.author or person()
    lists = [archive.checklists[kind]] if kind else list(archive.checklists.values())
    placements = _first_fitting(lists, row.places, author)
    if kind and document is not None:
        placements = tuple(as_read(archive.checklists[kind], document, placements))
    return replace(row.decision, author=author, placements=placements)


def _first_fitting(lists: Iterable[Checklist], places: tuple[str, ...], author: str) -> tuple[Placement, ...]:
    refusal: UsageError | None = None
    for checklist in lists:
        try:
            return placements_of(checklist, places, author)
        except UsageError as error:
            refusal = refusal or error
    assert refusal is not None
    raise refusal


def _check_document(
    content: tuple[str, int], contents: set[str], known: Mapping[tuple[str, int], object]
) -> None:
    """Raise :class:`UsageError` if a file that was read has no document of this ordinal. A file that could
    not be read has no documents yet."""
    sha256, ordinal = content
    if sha256 in contents and content not in known and any(sha == sha256 for sha, _ordinal in known):
        raise UsageError(_("Tệp này không có văn bản thứ {ordinal}.").format(ordinal=ordinal))


def _same(before: Decision | Correction | None, after: Decision | Correction) -> bool:
    if isinstance(before, Decision) and isinstance(after, Decision):
        return [written(p) for p in before.placements] == [written(p) for p in after.placements]
    return isinstance(before, Correction) and isinstance(after, Correction) and before.values == after.values
