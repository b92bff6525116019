"""Say of single files that they belong to a dossier, wherever they lie. No file is moved or changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Adoption
from dossier.scanner.propose.mixed import common_folder, path_for
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.naming import archive_path, check_named, dossier_path, kind_meant, nothing_there
from dossier.usecases.whole_acts import whole_act
from dossier.workspace import person


def choose(
    archive: Archive, files: Iterable[str], *, into: str = "", kind: str = "", name: str = ""
) -> Adoption:
    """Record that files belong to the dossier ``into``, or without it to a new one of that ``kind`` (by
    default the first) and ``name``; return the decision, which the next scan applies. A file chosen for
    another dossier before leaves that.

    Raises :class:`UsageError` for a file unknown to the last scan or in the inbox, an unknown dossier or
    kind, or a missing name.
    """
    wanted = _known(archive, files)
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        before = _into(archive, catalogue, into) if into else _new(archive, catalogue, wanted, kind, name)
        made = _said(before, (*before.chosen, *wanted))
        left = [
            _said(each, [file for file in each.chosen if file not in wanted])
            for each in catalogue.adoptions.all()
            if each.path != made.path and not set(wanted).isdisjoint(each.chosen)
        ]
        with whole_act(archive, catalogue) as say:
            say("adopt", made.path, kind=made.kind, files=wanted)
            catalogue.adoptions.record([*left, made])
    return made


def unchoose(archive: Archive, files: Iterable[str]) -> list[str]:
    """Take back that files belong to the dossiers they were chosen for; return the files' paths. A dossier
    left without files and folder ends. Raises :class:`UsageError` for a file that was not chosen."""
    wanted = list(dict.fromkeys(archive_path(archive, file) for file in files))
    with writing(archive, "adopt"), open_known(archive) as catalogue:
        said = catalogue.adoptions.all()
        concerned = [a for a in said if not set(wanted).isdisjoint(a.chosen)]
        refused = {each.path for each in said if each.path in wanted}
        known = {file for each in concerned for file in each.chosen} | refused
        for file in wanted:
            if file not in known:
                raise UsageError(
                    _("Tệp “{path}” chưa được chọn cho hồ sơ nào.").format(path=file),
                    _("Xem những gì đã nhận bằng: dossier adopt --list"),
                )
        with whole_act(archive, catalogue) as say:
            for path in refused:
                say("adopt-undo", path)
                catalogue.adoptions.end(path, author=person())
            for each in concerned:
                left = [file for file in each.chosen if file not in wanted]
                say("adopt-undo", each.path, files=[file for file in wanted if file in each.chosen])
                if left or (archive.root / each.path).is_dir():
                    catalogue.adoptions.record([_said(each, left)])
                else:
                    catalogue.adoptions.end(each.path, author=person())
    return wanted


def are_files(archive: Archive, given: Sequence[str]) -> bool:
    """Whether all that a person named are files of the archive. Raises :class:`UsageError` if only some
    are."""
    with open_known(archive) as catalogue:
        known = {*catalogue.paths(), *(file for each in catalogue.adoptions.all() for file in each.chosen)}
    files = [archive_path(archive, each) in known for each in given]
    if any(files) and not all(files):
        raise UsageError(_("Ghi toàn thư mục hoặc toàn tệp, không lẫn cả hai."))
    return any(files)


def _known(archive: Archive, files: Iterable[str]) -> list[str]:
    wanted = list(dict.fromkeys(archive_path(archive, file) for file in files))
    with open_known(archive) as catalogue:
        known = set(catalogue.paths())
    for path in wanted:
        if path not in known:
            raise nothing_there(archive, path)
        if archive.in_inbox(path):
            raise UsageError(
                _("“{path}” còn trong hộp thư đến; hãy xếp nó vào hồ sơ trước.").format(path=path),
                _("Xem hộp thư đến bằng: dossier inbox"),
            )
    return wanted


def _into(archive: Archive, catalogue: Catalogue, given: str) -> Adoption:
    path = dossier_path(archive, given)
    check_named(archive, path)
    said = next((each for each in catalogue.adoptions.all() if each.path == path and each.kind), None)
    folder = catalogue.folders([path])[path]
    return said or Adoption(path, folder.kind, folder.name, person(), _now())


def _new(archive: Archive, catalogue: Catalogue, files: Sequence[str], kind: str, name: str) -> Adoption:
    if not name.strip():
        raise UsageError(_("Hãy ghi tên hồ sơ mới (--name), hoặc hồ sơ đã có mà các tệp thuộc về (--into)."))
    chosen_kind = kind_meant(archive, kind) if kind else next(iter(archive.checklists))
    folders = {file[:at] for file in catalogue.paths() for at, sign in enumerate(file) if sign == "/"}
    taken = {*catalogue.paths(), *folders, *catalogue.kinds(), *(a.path for a in catalogue.adoptions.all())}
    return Adoption(path_for(common_folder(files), name, taken), chosen_kind, name.strip(), person(), _now())


def _said(adoption: Adoption, files: Iterable[str]) -> Adoption:
    """Return the adoption as said by this person now, with these files."""
    chosen = tuple(dict.fromkeys(files))
    return replace(adoption, author=person(), made_at=_now(), chosen=chosen)


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
