"""People say which folders of an archive as found are dossiers. No file of the archive is written."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.checklists.spoken import kind_named, kinds_like
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import OUTSIDE, Adoption, Document, FileEntry, LogicalDocument, Proposal
from dossier.scanner.discover import Walk
from dossier.scanner.pipeline import Processor, Task
from dossier.scanner.propose import LoosePaper, propose
from dossier.scanner.propose.names import ROOT, FolderNames, below, name_of, upwards
from dossier.usecases import audit
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import path_on_disk
from dossier.vietnamese import nfc, words
from dossier.workspace import person

_ALL = ("tat ca", "all", "*")


def proposals(archive: Archive) -> tuple[Proposal, ...]:
    """Folders that look like dossiers and of which nobody said anything yet, as the last scan saw them."""
    with open_known(archive) as catalogue:
        return catalogue.adoptions.waiting()


def adoptions(archive: Archive, *, history: bool = False) -> tuple[Adoption, ...]:
    """What people said of folders; with ``history`` also what was taken back."""
    with open_known(archive) as catalogue:
        return catalogue.adoptions.all(history=history)


def chosen(found: Sequence[Proposal], said: str) -> list[Proposal]:
    """The proposals that a person means by ``1 3``, ``1-3`` or “tất cả”. Raises :class:`UsageError`."""
    if words(said) in _ALL or said.strip() in _ALL:
        return list(found)
    numbers: list[int] = []
    for each in said.replace(",", " ").split():
        first, dash, last = each.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            raise UsageError(_("“{said}” không phải số của một thư mục ở trên.").format(said=each))
        numbers += range(int(first), min(int(last or first), len(found) + 1) + 1)
    wrong = [number for number in numbers if not 1 <= number <= len(found)]
    if wrong:
        raise UsageError(
            _("Không có thư mục số {number}; chỉ có từ 1 đến {last}.").format(
                number=wrong[0], last=len(found)
            )
        )
    return [found[number - 1] for number in dict.fromkeys(numbers)]


def adopt(
    archive: Archive, folders: Iterable[str], *, kind: str = "", name: str = "", none: bool = False
) -> list[Adoption]:
    """Take folders as dossiers, or with ``none`` say that they are none; what was said, for the next scan.

    ``kind`` and ``name`` are taken from the proposal or the folder where they are not given. Raises
    :class:`UsageError` for a folder that is not there, lies in a dossier or holds one, or an unknown kind.
    """
    wanted = list(dict.fromkeys(_folder(archive, folder) for folder in folders))
    if name and len(wanted) > 1:
        raise UsageError(_("--name chỉ dùng khi nhận một thư mục."))
    kind = _kind(archive, kind)
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        made = [_adoption(archive, catalogue, path, kind, name, none=none) for path in wanted]
        _check_apart(archive, catalogue, [each.path for each in made if each.kind])
        for each in made:
            audit.note(archive, "adopt" if each.kind else "adopt-none", each.path, kind=each.kind)
        catalogue.adoptions.adopt(made)
    return made


def take(archive: Archive, found: Iterable[Proposal]) -> list[Adoption]:
    """Take proposals as they stand."""
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        made = [Adoption(p.path, p.kind, p.name, person(), _now()) for p in found]
        _check_apart(archive, catalogue, [each.path for each in made])
        for each in made:
            audit.note(archive, "adopt", each.path, kind=each.kind)
        catalogue.adoptions.adopt(made)
    return made


def undo(archive: Archive, folders: Iterable[str]) -> list[str]:
    """Take back what was said of folders; their paths. Raises :class:`UsageError` where nothing was."""
    paths = [_folder(archive, folder) for folder in folders]
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        said = {each.path for each in catalogue.adoptions.all()}
        for path in paths:
            if path not in said:
                raise UsageError(
                    _("Chưa ai nhận hay từ chối thư mục “{path}”.").format(path=path),
                    _("Xem những gì đã nhận bằng: dossier adopt --list"),
                )
        for path in paths:
            catalogue.adoptions.undo(path, person())
    return paths


def _folder(archive: Archive, given: str) -> str:
    """The path of the folder that a person names: by its path, or as a proposal or an adoption is called."""
    if path := path_on_disk(archive, given):
        return path
    said = words(given)
    with open_known(archive) as catalogue:
        known = [(each.path, each.name) for each in catalogue.adoptions.proposed()[1]]
        known += [(each.path, each.name) for each in catalogue.adoptions.all()]
    whole = {path for path, name in known if said and said in (words(name), words(name_of(path)))}
    part = {
        path
        for path, name in known
        if said and any(f" {said} " in f" {each} " for each in (words(name), words(name_of(path))))
    }
    fitting = whole or part
    if len(fitting) > 1:
        raise UsageError(
            _("“{name}” có thể là {count} thư mục:").format(name=given, count=len(fitting))
            + "".join(f"\n  {path}" for path in sorted(fitting)),
            _("Ghi thêm tên cho rõ, hoặc cả đường dẫn."),
        )
    return fitting.pop() if fitting else nfc(given).strip("/")


def _adoption(
    archive: Archive, catalogue: Catalogue, path: str, kind: str, name: str, *, none: bool
) -> Adoption:
    there = (archive.root / path).resolve()
    is_folder = there.is_dir() and there.is_relative_to(archive.root)
    if not is_folder and not any(below(path, file) for file in catalogue.outside().files):
        raise UsageError(
            _("Không có thư mục “{path}” trong kho.").format(path=path),
            _("Xem các thư mục trông giống hồ sơ bằng: dossier adopt"),
        )
    if none:
        return Adoption(path, "", "", person(), _now())
    proposed = next((p for p in catalogue.adoptions.proposed()[1] if p.path == path), None)
    claim = FolderNames(archive.checklists).claim(name_of(path))
    kind = kind or (proposed.kind if proposed else claim.kind if claim else next(iter(archive.checklists)))
    own = name or (proposed.name if proposed and proposed.kind == kind else claim.name if claim else "")
    return Adoption(path, kind, own or name_of(path) or archive.name, person(), _now())


def _check_apart(archive: Archive, catalogue: Catalogue, wanted: Sequence[str]) -> None:
    """Dossiers lie in each other only where a manifest makes them, or where the names of both folders say
    that they are dossiers: an exemplar's in that of its model."""
    names = FolderNames(archive.checklists)
    dossiers = set(catalogue.kinds())

    def apart(one: str, other: str) -> bool:
        claims = [names.claim(archive.name if path == ROOT else name_of(path)) for path in (one, other)]
        return any(claim is None for claim in claims)

    for path in wanted:
        above = (up for up in upwards(path) if up != path and (up in dossiers or up in wanted))
        around = next((up for up in above if apart(path, up)), None)
        if around is not None:
            raise UsageError(
                _("“{path}” nằm trong hồ sơ “{around}”, nên không thể là một hồ sơ riêng.").format(
                    path=path, around=around
                ),
                _('Nếu “{around}” không phải hồ sơ: dossier adopt --none "{around}"').format(around=around),
            )
        inner = sorted(each for each in dossiers if below(path, each) and apart(path, each))
        if inner:
            raise UsageError(
                _("“{path}” chứa hồ sơ “{inner}”, nên không thể là một hồ sơ.").format(
                    path="." if path == ROOT else path, inner=inner[0]
                ),
                _("Nhận từng thư mục bên trong."),
            )


def _kind(archive: Archive, said: str) -> str:
    """The kind that a person names by its slug, its title or its word. Raises :class:`UsageError`."""
    if not said:
        return ""
    found = kind_named(archive.checklists, said)
    if found is None:
        raise no_kind(archive, said)
    return found


def no_kind(archive: Archive, said: str) -> UsageError:
    """No kind of dossier is called so; which ones may be meant."""
    return UsageError(
        _("Không có loại hồ sơ “{kind}”.").format(kind=said),
        _("Có thể là: {close}.").format(close=", ".join(kinds_like(archive.checklists, said))),
    )


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


_VERSION = 4  # raise by one whenever other folders are proposed of the same papers
_CERTAIN = 0.8  # confidence of a place that a proposal may rest on


def suggest(archive: Archive, catalogue: Catalogue, processor: Processor) -> None:
    """Look for folders that look like dossiers, unless nothing outside has changed since. For the writer."""
    digest = _digest(archive, catalogue)
    if catalogue.adoptions.proposed()[0] == digest:
        return
    outside = catalogue.outside()
    documents = {(d.path, d.ordinal): d for d in outside.documents if d.security is None}
    documents = {key: d for key, d in documents.items() if not archive.in_inbox(d.path)}
    papers = [
        LoosePaper(d.path, d.ordinal, d.header.abstract, d.header.number_symbol, d.header.issuer_level)
        for d in documents.values()
    ]
    folders = catalogue.folders()

    def place(paper: LoosePaper, kind: str, name: str) -> str:
        return _part(catalogue, processor, documents[paper.path, paper.ordinal], kind, name)

    files = [path for path in outside.files if not archive.in_inbox(path)]
    found = propose(papers, files, folders.keys(), archive.checklists, place, archive.root.name)
    catalogue.adoptions.propose(digest, found)


def _part(catalogue: Catalogue, processor: Processor, document: Document, kind: str, name: str) -> str:
    """The part that a paper would certainly be in a dossier of that kind and name, or nothing."""
    logical = LogicalDocument(
        document.ordinal,
        document.pages,
        document.header,
        catalogue.feed.text(document.path, document.ordinal),
        document.reading,
        document.confidence,
        document.inner,
    )
    folder = name.replace("/", " ")
    path = f"{folder}/{document.path.rpartition('/')[2]}"
    task = Task(FileEntry(path, b"", document.size, 0, 0, folder), kind)
    placed = processor.place(task, logical)
    sure = [p for p in placed.placements if p.confidence >= _CERTAIN and not placed.review]
    return sure[0].part if sure else ""


def _digest(archive: Archive, catalogue: Catalogue) -> str:
    """Changes whenever something does that proposals rest on."""
    rests = [
        _VERSION,
        archive.root.name,
        repr([checklist for _kind, checklist in sorted(archive.checklists.items())]),
        sorted(catalogue.kinds()),
        catalogue.adoptions.grounds(),
    ]
    return hashlib.sha256(json.dumps(rests).encode()).hexdigest()


def follow_renames(archive: Archive, catalogue: Catalogue, found: Walk) -> bool:
    """Let adoptions follow their folders to where the walk ``found`` them; whether any did. For the writer.

    A folder is the same when it is not at its path any more and more
    than half of its files lie, under the same names in it, in one other folder that is no dossier.
    """
    there = {folder.path for folder in found.dossiers}
    gone = [
        each
        for each in catalogue.adoptions.all()
        if each.kind and each.path not in there and not (archive.root / each.path).is_dir()
    ]
    if not gone:
        return False
    outside = {(f.inode, f.size, f.mtime_ns): f.path for f in found.files if f.dossier == OUTSIDE}
    moved = [new for each in gone if (new := _moved(each, catalogue, outside)) is not None]
    if moved:
        now = datetime.now(UTC).replace(microsecond=0)
        catalogue.adoptions.adopt([replace(new, made_at=now) for _old, new in moved])
        for old, _new in moved:
            catalogue.adoptions.undo(old.path, old.author)
    return bool(moved)


def _moved(
    adoption: Adoption, catalogue: Catalogue, outside: dict[tuple[int, int, int], str]
) -> tuple[Adoption, Adoption] | None:
    known = [f for f in catalogue.known_files([adoption.path]).values() if f.dossier == adoption.path]
    there: Counter[str] = Counter()
    for file in known:
        inside = file.path[len(adoption.path) :]  # with the slash before it
        now = outside.get((file.inode, file.size, file.mtime_ns), "")
        if now.endswith(inside):
            there[now.removesuffix(inside)] += 1
    folder, count = next(iter(there.most_common(1)), ("", 0))
    return (adoption, replace(adoption, path=folder)) if folder and 2 * count > len(known) else None
