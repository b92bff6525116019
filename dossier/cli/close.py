"""``dossier close`` and ``dossier package``: close a dossier, and hand it over as a package."""

from __future__ import annotations

from datetime import date
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
    waiting,
)
from dossier.errors import ExitCode, UsageError
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.usecases.closing import Obstacle


@click.command(
    help=_(
        "Việc còn phải làm trước khi kết thúc, nộp lưu HỒ_SƠ; với -o: lập cả bộ văn bản kết thúc "
        "(bìa, mục lục văn bản, chứng từ kết thúc, mục lục nộp lưu, biên bản giao nhận)."
    )
)
@click.argument("dossier", metavar=_("HỒ_SƠ"))
@archive_option(_("Kho chứa nó."))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar=_("THƯ_MỤC"), help=_("Thư mục mới."))
@click.option("--pdf", is_flag=True, help=_("Lập thêm bản PDF (cần LibreOffice)."))
@standard("json", "today")
@click.pass_context
def close(
    ctx: click.Context,
    dossier: str,
    given: GivenArchive,
    output: Path | None,
    pdf: bool,
    as_json: bool,
    today: date | None,
) -> None:
    from dossier.usecases.assess import assess
    from dossier.usecases.closing import obstacles, write_set

    opened = given.open()
    path = dossier_meant(opened, dossier)
    with waiting(_("Đang lập")):
        report = assess(opened, today, path)
        found = obstacles(report.dossiers[0])
        written = write_set(opened, report, output, pdf=pdf) if output else []
    blocked = any(each.blocks for each in found)
    if as_json:
        emit_json(
            {
                "dossier": report.dossiers[0].path,
                "ready": not blocked,
                "obstacles": [{"what": e.what, "how": e.how, "blocks": e.blocks} for e in found],
                "written": [str(path) for path in written],
            }
        )
    else:
        _tell(report.dossiers[0].name, found, written)
    ctx.exit(ExitCode.FINDINGS if blocked else ExitCode.OK)


def _tell(name: str, found: list[Obstacle], written: list[Path]) -> None:
    blocking = [each for each in found if each.blocks]
    if blocking:
        tell(_("Hồ sơ “{name}” chưa nộp lưu được, còn {count} việc:").format(name=name, count=len(blocking)))
    else:
        tell(_("Hồ sơ “{name}” đủ điều kiện kết thúc, nộp lưu.").format(name=name), fg="green")
    for each in blocking:
        tell(f"  ✗ {each.what}", fg="red")
        if each.how:
            tell(f"      {each.how}")
    for each in found:
        if not each.blocks:
            tell(f"  – {each.what}{' ' + each.how if each.how else ''}")
    for path in written:
        note(_("Đã ghi {path}").format(path=path))
    if written:
        note(_("Bìa, chứng từ kết thúc chưa đối chiếu với mẫu của Thông tư 55/2025/TT-BCA: so lại."))
    else:
        note(
            _("Lập bộ văn bản kết thúc: thêm -o THƯ_MỤC. Lập gói nộp lưu: dossier package HỒ_SƠ -o THƯ_MỤC.")
        )


@click.command(
    help=_(
        "Lập gói nộp lưu của HỒ_SƠ theo chuẩn BagIt: tệp gốc, bản PDF/A, văn bản kết thúc, dữ liệu đặc tả, "
        "mã kiểm tra. Kiểm tra một gói: dossier package verify THƯ_MỤC."
    )
)
@click.argument("named", nargs=-1, required=True, metavar=_("HỒ_SƠ | verify THƯ_MỤC"))
@archive_option(_("Kho chứa nó."))
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar=_("THƯ_MỤC"), help=_("Thư mục mới."))
@click.option(
    "--code", metavar=_("MÃ"), help=_("Với verify: mã niêm phong của gói, ghi ở biên bản giao nhận đã ký.")
)
@standard("json", "today")
@click.pass_context
def package(
    ctx: click.Context,
    named: tuple[str, ...],
    given: GivenArchive,
    output: Path | None,
    code: str | None,
    as_json: bool,
    today: date | None,
) -> None:
    if code is not None and not code.strip():
        raise UsageError(_("Chưa ghi mã niêm phong sau --code."), _("Đặt mã trong dấu ngoặc kép."))
    if named[0] == "verify" and len(named) == 2 and output is None:
        ctx.exit(_verify(Path(named[1]), code or "", as_json=as_json))
    if named == ("verify",) and output is None:
        raise UsageError(
            _("Chưa nói kiểm tra gói nào."),
            _("Ghi thư mục của gói: {command}").format(command="dossier package verify goi-nop-luu"),
        )
    if code is not None:
        raise UsageError(
            _("--code chỉ dùng khi kiểm tra một gói."),
            _("Chạy: {command}").format(command="dossier package verify goi-nop-luu --code MÃ"),
        )
    if len(named) != 1:
        raise UsageError(
            _("Mỗi lần chỉ lập gói của một hồ sơ."), _("Tên có dấu cách thì đặt trong dấu ngoặc kép.")
        )
    if output is None:
        raise UsageError(_("Chưa nói lập gói ở đâu."), _("Thêm: -o THƯ_MỤC (một thư mục mới, ngoài kho)."))
    from dossier.usecases.package.make import make_package

    opened = given.open()
    path = dossier_meant(opened, named[0])
    with waiting(_("Đang lập gói")):
        made = make_package(opened, path, output, today)
    if as_json:
        emit_json(
            {
                "written": str(made.place),
                "originals": made.originals,
                "pdf_a": made.copies,
                "left": made.left,
                "code": made.code,
            }
        )
        return
    tell(
        _("Đã lập gói {path}: {originals} tệp gốc, {copies} bản PDF/A, {left} tệp không nộp.").format(
            path=made.place, originals=made.originals, copies=made.copies, left=made.left
        )
    )
    tell(_("Mã niêm phong của gói, để ghi vào biên bản giao nhận: {code}").format(code=made.code))
    note(_("Kiểm tra lại bất cứ lúc nào: dossier package verify {path}").format(path=made.place))


def _verify(place: Path, noted: str, *, as_json: bool) -> ExitCode:
    from dossier.usecases.package.verify import verify_package

    verdict = verify_package(place, noted)
    if as_json:
        emit_json(
            {
                "package": str(place),
                "files": verdict.files,
                "faults": list(verdict.faults),
                "code": verdict.code,
                "compared": bool(noted),
            }
        )
    elif verdict.faults:
        tell(_("Gói {path} KHÔNG nguyên vẹn:").format(path=place), fg="red")
        for fault in verdict.faults:
            tell(f"  ✗ {fault}")
    else:
        tell(
            _("Gói {path} nguyên vẹn: {count} tệp khớp mã kiểm tra.").format(path=place, count=verdict.files),
            fg="green",
        )
        if not noted:
            _tell_uncompared(verdict.code)
    return ExitCode.FINDINGS if verdict.faults else ExitCode.OK


def _tell_uncompared(code: str) -> None:
    """Note that a consistent package may have been rewritten as a whole, and how to find that out."""
    if code:
        note(
            _(
                "Mã niêm phong: {code}. Đối chiếu với mã ghi ở biên bản giao nhận đã ký, hoặc thêm --code MÃ."
            ).format(code=code)
        )
    else:
        note(_("Gói không có tagmanifest: các danh sách có bị viết lại hay không thì không biết được."))
