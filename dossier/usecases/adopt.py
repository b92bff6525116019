"""Record which folders of an existing archive people regard as dossiers. Writes no file of the archive."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Adoption, Proposal
from dossier.scanner.discover import is_passed_over
from dossier.scanner.propose.names import ROOT, FolderNames, below, name_of, upwards
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import kind_meant, path_on_disk
from dossier.usecases.rows import numbers_said
from dossier.usecases.whole_acts import whole_act
from dossier.vietnamese import nfc, words
from dossier.workspace import person

_ALL = ("tat ca", "all", "*")


def proposals(archive: Archive) -> tuple[Proposal, ...]:
    """Return folders that the last scan took for dossiers and that nobody has adopted or rejected yet."""
    with open_known(archive) as catalogue:
        return catalogue.adoptions.waiting()


def adoptions(archive: Archive, *, history: bool = False) -> tuple[Adoption, ...]:
    """Return adopted and rejected folders; with ``history`` also the revoked decisions."""
    with open_known(archive) as catalogue:
        return catalogue.adoptions.all(history=history)


def chosen(proposals: Sequence[Proposal], answer: str) -> list[Proposal]:
    """Return the proposals that a person selected by ``1 3``, ``1-3`` or “tất cả”. Raises
    :class:`UsageError` for anything else."""
    if words(answer) in _ALL or answer.strip() in _ALL:
        return list(proposals)
    numbers: list[int] = []
    for each in answer.replace(",", " ").split():
        ranges = numbers_said(each)
        if ranges is None:
            raise UsageError(_("“{said}” không phải số của một thư mục ở trên.").format(said=each))
        numbers += itertools.chain.from_iterable(ranges)
    wrong = [number for number in numbers if not 1 <= number <= len(proposals)]
    if wrong and not proposals:
        raise UsageError(
            _("Không còn thư mục nào được đề xuất."), _("Xem những gì đã nhận: dossier adopt --list")
        )
    if wrong:
        raise UsageError(
            _("Không có thư mục số {number}; chỉ có từ 1 đến {last}.").format(
                number=wrong[0], last=len(proposals)
            )
        )
    return [proposals[number - 1] for number in dict.fromkeys(numbers)]


def by_row(archive: Archive, given: Sequence[str]) -> Sequence[str]:
    """Return the folders of proposals that a person gave by their rows (``1``, ``1-3``); what was given
    otherwise, or is the name of a folder that there is, unchanged."""
    if any(numbers_said(each) is None or path_on_disk(archive, each) for each in given):
        return given
    return [each.path for each in chosen(proposals(archive), " ".join(given))]


def adopt(
    archive: Archive, folders: Iterable[str], *, kind: str = "", name: str = "", none: bool = False
) -> list[Adoption]:
    """Adopt folders as dossiers, or reject them with ``none``; return the decisions, which the next scan
    applies. Of files proposed for a dossier that there is, ``none`` rejects each.

    ``kind`` and ``name`` default to those of the proposal or the folder. Raises :class:`UsageError` for a
    missing folder, one inside or around another dossier, or an unknown kind.
    """
    wanted = list(dict.fromkeys(_folder(archive, folder) for folder in folders))
    if name and len(wanted) > 1:
        raise UsageError(_("--name chỉ dùng khi nhận một thư mục."))
    kind = kind_meant(archive, kind) if kind else ""
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        waiting = {each.path: each for each in catalogue.adoptions.waiting()}
        made: list[Adoption] = []
        for path in wanted:
            added = waiting.get(path)
            if none and added is not None and added.adds:
                made += [Adoption(file, "", added.name, person(), _now()) for file in added.chosen]
            else:
                made.append(_adoption(archive, catalogue, path, kind, name, none=none))
        _record(archive, catalogue, made)
    return made


def adopt_proposed(archive: Archive, proposals: Iterable[Proposal]) -> list[Adoption]:
    """Adopt proposed folders with the proposed kinds and names."""
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        made = [_taken(catalogue, each.path, each.kind, each.name, each.chosen) for each in proposals]
        _record(archive, catalogue, made)
    return made


def _taken(catalogue: Catalogue, path: str, kind: str, name: str, chosen: Iterable[str]) -> Adoption:
    """Return the adoption of a folder with the files chosen for it, those chosen before among them."""
    before = [file for each in catalogue.adoptions.all(path=path) for file in each.chosen]
    return Adoption(path, kind, name, person(), _now(), chosen=tuple(dict.fromkeys((*before, *chosen))))


def _record(archive: Archive, catalogue: Catalogue, made: Sequence[Adoption]) -> None:
    _check_apart(archive, catalogue, [each.path for each in made if each.kind])
    with whole_act(archive, catalogue) as say:
        for each in made:
            say("adopt" if each.kind else "adopt-none", each.path, kind=each.kind)
        catalogue.adoptions.record(made)


def undo(archive: Archive, folders: Iterable[str]) -> list[str]:
    """Revoke decisions about folders; return the folders' paths. Raises :class:`UsageError` for a folder
    without a decision."""
    paths = [_folder(archive, folder) for folder in folders]
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        decided = {each.path for each in catalogue.adoptions.all()}
        for path in paths:
            if path not in decided:
                raise UsageError(
                    _("Chưa ai nhận hay từ chối thư mục “{path}”.").format(path=path),
                    _("Xem những gì đã nhận bằng: dossier adopt --list"),
                )
        with whole_act(archive, catalogue) as say:
            for path in paths:
                say("adopt-undo", path)
                catalogue.adoptions.end(path, author=person())
    return paths


def _folder(archive: Archive, given: str) -> str:
    """Return the path of the folder that a person gives as a path or as the name of a proposal or
    adoption."""
    if path := path_on_disk(archive, given):
        return path
    wanted = words(given)
    with open_known(archive) as catalogue:
        known = [(each.path, each.name) for each in catalogue.adoptions.proposed()[1]]
        known += [(each.path, each.name) for each in catalogue.adoptions.all() if each.kind]
    if any(path == nfc(given) for path, _name in known):
        return nfc(given)
    whole = {path for path, name in known if wanted and wanted in (words(name), words(name_of(path)))}
    part = {
        path
        for path, name in known
        if wanted and any(f" {wanted} " in f" {each} " for each in (words(name), words(name_of(path))))
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
    folder = (archive.root / path).resolve()
    is_folder = folder.is_dir() and folder.is_relative_to(archive.root)
    proposed = next((p for p in catalogue.adoptions.proposed()[1] if p.path == path), None)
    known = proposed or catalogue.folders([path]).get(path)
    if (
        not is_folder
        and known is None
        and not any(file == path or below(path, file) for file in catalogue.outside().files)
    ):
        raise UsageError(
            _("Không có thư mục “{path}” trong kho.").format(path=path),
            _("Xem các thư mục trông giống hồ sơ bằng: dossier adopt"),
        )
    if none:
        return Adoption(path, "", "", person(), _now())
    _check_scanned(archive, path)
    claim = FolderNames(archive.checklists).claim(name_of(path))
    kind = kind or (known.kind if known else claim.kind if claim else next(iter(archive.checklists)))
    own = name or (known.name if known and known.kind == kind else claim.name if claim else "")
    chosen = proposed.chosen if proposed else ()
    return _taken(catalogue, path, kind, own or name_of(path) or archive.name, chosen)


def _check_scanned(archive: Archive, path: str) -> None:
    """Raise :class:`UsageError` for a folder in which no scan looks for dossiers."""
    if any(is_passed_over(part.encode()) for part in path.split("/") if part != ROOT):
        why = _("“{path}” là thư mục ẩn hoặc của hệ thống, không lần quét nào thấy.")
    elif archive.in_inbox(path):
        why = _("“{path}” là hộp thư đến: tệp ở đó chờ được xếp vào hồ sơ.")
    else:
        return
    raise UsageError(why.format(path=path), _("Chuyển tài liệu vào một thư mục khác, rồi nhận thư mục ấy."))


def _check_apart(archive: Archive, catalogue: Catalogue, wanted: Sequence[str]) -> None:
    """Raise :class:`UsageError` for nested dossiers. Nesting is allowed only by a manifest, or where the
    names of both folders denote dossiers (the dossier of an exemplar in that of its model)."""
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


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
