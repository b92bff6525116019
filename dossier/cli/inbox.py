"""``dossier inbox``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    GivenArchive,
    archive_option,
    dossier_meant,
    emit_json,
    note,
    standard,
    tell,
)
from dossier.errors import ExitCode, UsageError
from dossier.i18n import _, moment
from dossier.machine_json import fields

if TYPE_CHECKING:
    from dossier.archive import Archive
    from dossier.usecases.inbox.journal import Move
    from dossier.usecases.inbox.proposing import FilingProposal
    from dossier.usecases.inbox.waiting import Waits

_archive = archive_option(_("Kho chứa hộp thư đến."))


@click.group(
    invoke_without_command=True,
    help=_(
        "Hộp thư đến: tệp mới chờ trong một thư mục của kho; dossier đọc, đề xuất hồ sơ và mục, có lý do; "
        "chỉ chuyển khi bạn bảo, và hoàn tác được. Không có lệnh con: liệt kê những gì đang chờ."
    ),
)
@_archive
@standard("json")
@click.pass_context
def inbox(ctx: click.Context, given: GivenArchive, as_json: bool) -> None:
    if ctx.invoked_subcommand is not None:
        return
    from dossier.usecases import rows
    from dossier.usecases.inbox import filing
    from dossier.usecases.inbox.waiting import files_not_read

    opened = given.open()
    filing.recover(opened)
    found = _proposed(opened)
    rows.remember(opened, rows.Rows.PAPERS, [file.path for file, _proposal in found])
    if as_json:
        emit_json([_plain(file, proposal) for file, proposal in found])
    else:
        for number, (file, proposal) in enumerate(found, start=1):
            _show(opened, number, file, proposal)
        if new := files_not_read(opened, [file for file, _proposal in found]):
            note(_("{count} tệp mới chép vào chưa được đọc; đọc bằng: dossier scan").format(count=new))
        if found:
            note(_("Xếp: dossier inbox file SỐ [HỒ_SƠ] [MỤC…]. Không nêu hồ sơ, mục: theo đề xuất."))
        elif not new:
            note(_("Không có gì chờ. Chép tệp mới vào: {folder}").format(folder=opened.root / opened.inbox))
    if any(file.secret for file, _proposal in found):
        raise SystemExit(ExitCode.SECRET)


@inbox.command("file", help=_("Chuyển TỆP đang chờ vào hồ sơ, theo đề xuất hoặc theo HỒ_SƠ, MỤC nêu ra."))
@click.argument("file", metavar=_("TỆP"))
@click.argument("dossier", required=False, metavar=_("[HỒ_SƠ]"))
@click.argument("places", nargs=-1, metavar=_("[MỤC…]"))
@_archive
@standard("json", "wait")
def file_(
    file: str, dossier: str | None, places: tuple[str, ...], given: GivenArchive, as_json: bool
) -> None:
    from dossier.usecases.inbox import filing

    opened = given.open()
    filing.recover(opened)
    chosen, proposal = _meant(opened, file)
    if dossier is None and not proposal.choices:
        raise UsageError(
            _("Chưa đoán được “{name}” thuộc hồ sơ nào.").format(name=chosen.name),
            _("Nêu hồ sơ: dossier inbox file {file} HỒ_SƠ [MỤC…]").format(file=file),
        )
    where = proposal.choices[0].folder.path if dossier is None else dossier_meant(opened, dossier)
    said = {1: list(places)} if places else proposal.sure_places
    move = filing.file(opened, filing.Filing(chosen.path, chosen.sha256, where, said))
    if as_json:
        emit_json(_plain_move(move))
    else:
        tell(_("Đã chuyển vào: {path}").format(path=_target(move)))
        if trouble := filing.trouble_words(move):
            note(trouble)
        note(_("Hoàn tác: dossier inbox undo {number}").format(number=move.id))


@inbox.command(help=_("Các lần chuyển gần đây; có SỐ: đưa tệp của lần đó về hộp thư đến."))
@click.argument("number", required=False, type=int, metavar=_("[SỐ]"))
@_archive
@standard("json", "wait")
def undo(number: int | None, given: GivenArchive, as_json: bool) -> None:
    from dossier.usecases.inbox import filing

    opened = given.open()
    filing.recover(opened)
    if number is not None:
        move = filing.take_back(opened, number)
        if as_json:
            emit_json(_plain_move(move))
        else:
            tell(_("Đã đưa về: {path}").format(path=_target(move)))
        return
    moves = filing.filed(opened)
    if as_json:
        emit_json([_plain_move(move) for move in moves])
        return
    for move in moves:
        gone = _(" (đã hoàn tác)") if move.taken_back else ""
        tell(f"{move.id:>4}  {moment(move.at)}  {move.actor}: {_target(move)}{gone}")
    if not moves:
        note(_("Chưa chuyển tệp nào."))


@inbox.command(help=_("Nhận bản sao của các TỆP vào hộp thư đến; tệp ở chỗ cũ để nguyên."))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar=_("TỆP…"))
@_archive
@standard("json", "wait")
def add(files: tuple[Path, ...], given: GivenArchive, as_json: bool) -> None:
    from dossier.usecases.inbox import receiving

    opened = given.open()
    taken, worst = [], ExitCode.OK
    for file in files:
        try:
            taken.append(receiving.add(opened, file))
        except UsageError as refused:
            tell(_("Lỗi: {message}").format(message=refused.message), fg="red", err=True)
            if refused.advice:
                note(refused.advice)
            secret = isinstance(refused, receiving.SecretError)
            worst = max(worst, ExitCode.SECRET if secret else ExitCode.USAGE)
    if as_json:
        emit_json([{"path": each.path, "sha256": each.sha256, "documents": each.papers} for each in taken])
    for each in () if as_json else taken:
        tell(_("Đã nhận: {path}").format(path=each.path))
    if worst:
        raise SystemExit(worst)


def _proposed(archive: Archive) -> list[tuple[Waits, FilingProposal]]:
    from dossier.usecases.inbox.proposing import Proposer
    from dossier.usecases.inbox.waiting import files_waiting
    from dossier.usecases.known import open_known
    from dossier.usecases.reading import processor_for

    with open_known(archive) as catalogue:
        found = files_waiting(archive, catalogue)
        if not found:
            return []
        proposer = Proposer(archive, catalogue, processor_for(archive))
        return [(file, proposer.propose(file)) for file in found]


def _meant(archive: Archive, said: str) -> tuple[Waits, FilingProposal]:
    """Find the waiting file named by the user: by number in the list, name or path."""
    from dossier.usecases import rows

    found = _proposed(archive)
    path = rows.path_of_row(archive, said, rows.Rows.PAPERS)
    fits = [each for each in found if path in (each[0].path, each[0].name, each[0].name.rpartition("/")[2])]
    if len(fits) != 1:
        raise UsageError(_("Không có tệp “{file}” nào đang chờ.").format(file=said), _("Xem: dossier inbox"))
    return fits[0]


def _show(archive: Archive, number: int, file: Waits, proposal: FilingProposal) -> None:
    from dossier.compliance.naming import places_in_words

    tell(f"{number:>3}  {file.name}", fg="cyan")
    if file.secret:
        tell(
            _("     Có dấu chỉ độ mật, hoặc dấu đỏ chưa đọc được: không xếp ở đây; lấy ra, xem bản gốc."),
            fg="red",
        )
    if file.unread is not None:
        tell(_("     Chưa đọc được: {why}").format(why=file.unread.detail))
    if len(file.documents) > 1:
        tell(_("     Có {count} văn bản trong tệp; tệp được chuyển nguyên vẹn.").format(
            count=len(file.documents)))  # fmt: skip
    for copy in file.copies[:1]:
        tell(_("     Trùng với: {path}").format(path=copy))
    for choice in proposal.choices:
        said = f"     → {choice.folder.path}  {choice.confidence:.0%}"
        tell(said + (f"  ({'; '.join(choice.reasons)})" if choice.reasons else ""))
    checklist = archive.checklists.get(proposal.choices[0].folder.kind) if proposal.choices else None
    for placed in proposal.places:
        doubt = _(" (chưa chắc)") if not placed.certain else ""
        tell(f"     {places_in_words(checklist, placed.placements[:3])}{doubt}")


def _target(move: Move) -> str:
    from dossier.scanner.walk_result import readable

    return readable(move.target)


def _plain(file: Waits, proposal: FilingProposal) -> dict[str, object]:
    from dossier.usecases.decide import written

    return {
        "path": file.path,
        "sha256": file.sha256,
        "secret": file.secret,
        "documents": len(file.documents),
        "unread": file.unread.detail if file.unread else None,
        "copies": list(file.copies),
        "certain": proposal.certain,
        "proposals": [
            {"dossier": c.folder.path, "confidence": round(c.confidence, 4), "reasons": list(c.reasons)}
            for c in proposal.choices
        ],
        "places": [
            {"ordinal": p.ordinal, "places": [written(each) for each in p.placements], "review": p.review}
            for p in proposal.places
        ],
    }


def _plain_move(move: Move) -> dict[str, object]:
    from dossier.scanner.walk_result import readable

    return {
        **fields(move, "number=id at author=actor"),
        "from": readable(move.source),
        "to": readable(move.target),
        **fields(move, "dossier sha256 taken_back trouble?"),
    }
