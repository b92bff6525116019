"""``dossier adopt``, and the question that ``scan`` and ``init`` ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    GivenArchive,
    at_a_screen,
    emit_json,
    gathered,
    note,
    say,
    standard,
    tell,
    waiting,
)
from dossier.errors import DossierError, ExitCode
from dossier.i18n import _
from dossier.machine_json import fields

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from dossier.archive import Archive
    from dossier.model import Adoption, Proposal


@dataclass(frozen=True, slots=True)
class AdoptOptions:
    """What is to be done with the folders: fields as the options are called."""

    kind: str | None
    name: str | None
    into: str | None
    everything: bool
    none: bool
    undo: bool
    only_list: bool


@click.command(
    help=_(
        "Nhận THƯ_MỤC là hồ sơ. Không ghi THƯ_MỤC: liệt kê những thư mục trông giống hồ sơ, vì sao, rồi hỏi. "
        "Ghi các tệp thay cho thư mục: những tệp ấy, để ở đâu cũng được, làm thành hồ sơ --name hoặc thuộc "
        "hồ sơ --into. Không tệp nào trong kho bị thay đổi hay di chuyển."
    )
)
@click.argument("folders", nargs=-1, metavar=_("[THƯ_MỤC…]"))
@click.option("--kind", metavar=_("LOẠI"), help=_("Loại hồ sơ: mô hình, điển hình, …"))
@click.option("--name", metavar=_("TÊN"), help=_("Tên hồ sơ; mặc định: như đề xuất hoặc tên thư mục."))
@click.option("--into", metavar=_("HỒ_SƠ"), help=_("Hồ sơ đã có mà các tệp thuộc về."))
@click.option("--all", "everything", is_flag=True, help=_("Nhận mọi thư mục được đề xuất."))
@click.option("--none", is_flag=True, help=_("Cho biết THƯ_MỤC không phải hồ sơ; sẽ không hỏi lại."))
@click.option("--undo", is_flag=True, help=_("Bỏ điều đã nói về THƯ_MỤC."))
@click.option("--list", "only_list", is_flag=True, help=_("Chỉ liệt kê: đề xuất, và những gì đã nhận."))
@standard("--archive", "json", "wait")
@gathered("wanted", AdoptOptions)
@click.pass_context
def adopt(
    ctx: click.Context, folders: tuple[str, ...], wanted: AdoptOptions, given: GivenArchive, as_json: bool
) -> None:
    from dossier.catalogue import is_made
    from dossier.usecases import adopt as use
    from dossier.usecases import choosing

    opened = given.open()
    if not is_made(opened):
        rescan(opened)
    if wanted.everything and folders:
        raise click.UsageError(_("--all nhận mọi đề xuất; không ghi thêm THƯ_MỤC."))
    if (wanted.undo or wanted.none) and not folders:
        raise click.UsageError(_("Ghi thêm THƯ_MỤC."))
    if folders and not wanted.none and choosing.are_files(opened, folders):
        _choose(opened, folders, wanted, as_json)
        return
    if wanted.into:
        raise click.UsageError(_("--into cần tên các tệp đã quét; không thấy tệp nào tên như vậy."))
    if wanted.undo:
        undone = use.undo(opened, folders)
        rescan(opened)
        _told(opened, [], as_json, undone=undone)
        return
    if folders or wanted.everything:
        kind, name = wanted.kind or "", wanted.name or ""
        made = (
            use.adopt_proposed(opened, use.proposals(opened))
            if wanted.everything
            else use.adopt(opened, use.by_row(opened, folders), kind=kind, name=name, none=wanted.none)
        )
        rescan(opened)
        _told(opened, made, as_json)
        return
    found = use.proposals(opened)
    if as_json:
        _told(opened, [], as_json)
    elif not wanted.only_list and found and at_a_screen():
        ask(opened, found)
    else:
        _list(opened, found)
    ctx.exit(ExitCode.FINDINGS if found and not wanted.only_list and not at_a_screen() else ExitCode.OK)


def _choose(archive: Archive, files: Sequence[str], wanted: AdoptOptions, as_json: bool) -> None:
    from dossier.usecases import choosing

    made, undone = [], []
    if wanted.undo:
        undone = choosing.unchoose(archive, files)
    else:
        made = [
            choosing.choose(
                archive, files, into=wanted.into or "", kind=wanted.kind or "", name=wanted.name or ""
            )
        ]
    rescan(archive)
    _told(archive, made, as_json, undone=undone)


def ask(archive: Archive, found: Sequence[Proposal]) -> bool:
    """Show proposals for dossiers and ask once; return whether any was adopted (and placed)."""
    from dossier.usecases import adopt as use

    say(_listing(archive, found))
    said = click.prompt(
        _("Nhận là hồ sơ? Ghi số (1 3, 1-3), “tất cả”, hoặc Enter để thôi"), default="", show_default=False
    )
    if not said.strip():
        return False
    try:
        made = use.adopt_proposed(archive, use.chosen(found, said))
    except DossierError as error:
        note(error.in_full)
        return False
    rescan(archive)
    note(_("Đã nhận {count} hồ sơ.").format(count=len(made)))
    return bool(made)


def rescan(archive: Archive) -> None:
    """Apply the decisions: files are not read again, only placed."""
    from dossier.usecases.scan import scan

    with waiting(_("Đang đọc")):
        scan(archive)


def _listing(archive: Archive, found: Sequence[Proposal]) -> RenderableType:
    from reports import proposals

    return proposals.listing(found, {kind: each.title for kind, each in archive.checklists.items()})


def _list(archive: Archive, found: Sequence[Proposal]) -> None:
    from dossier.usecases import adopt as use

    if found:
        say(_listing(archive, found))
        note(_("Nhận tất cả: dossier adopt --all. Chỉ nhận một hồ sơ, theo số của dòng: dossier adopt 1"))
    else:
        note(_("Không có thư mục nào khác trông giống hồ sơ. Nhận một thư mục: dossier adopt THƯ_MỤC"))
    for each in use.adoptions(archive):
        note("  " + _said(archive, each))


def _said(archive: Archive, each: Adoption) -> str:
    from dossier.compliance.naming import title as kind_title

    when, who = f"{each.made_at.astimezone():%d/%m/%Y}", each.author
    if not each.kind and each.name:
        return _("“{path}” không thuộc hồ sơ “{name}” ({who}, {when}).").format(
            path=each.path, name=each.name, who=who, when=when
        )
    if not each.kind:
        return _("“{path}” không phải hồ sơ ({who}, {when}).").format(path=each.path, who=who, when=when)
    checklist = archive.checklists.get(each.kind)
    title = kind_title(checklist) if checklist else each.kind
    said = _("“{path}”: {title} “{name}” ({who}, {when}).").format(
        path=each.path, title=title, name=each.name, who=who, when=when
    )
    if not each.chosen:
        return said
    return f"{said} " + _("Tệp được chọn để ở nơi khác: {count}.").format(count=len(each.chosen))


def _told(archive: Archive, made: Sequence[Adoption], as_json: bool, *, undone: Sequence[str] = ()) -> None:
    from dossier.usecases import adopt as use
    from reports import proposals

    if as_json:
        emit_json(
            {
                "adopted": [_plain(each) for each in made],
                "undone": list(undone),
                "in_force": [_plain(each) for each in use.adoptions(archive)],
                "proposals": [proposals.plain(each) for each in use.proposals(archive)],
            }
        )
        return
    for each in made:
        tell(_said(archive, each))
    for path in undone:
        tell(_("Đã bỏ điều đã nói về “{path}”.").format(path=path))


def _plain(each: Adoption) -> dict[str, object]:
    return fields(each, "path kind? name author made_at") | {"chosen_files": list(each.chosen)}
