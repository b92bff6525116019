"""The documents and packages that jobs can make: of one dossier, or of all."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import reports
from dossier.archive import Archive
from dossier.errors import UsageError
from dossier.i18n import N_, _
from dossier.model import ComplianceReport, Outside
from dossier.model.one_by_one import only
from dossier.model.units import is_one_of
from dossier.progress import counted, report_progress
from dossier.usecases import closing, letters, papers
from dossier.usecases.assess import assess
from dossier.usecases.history import with_history
from dossier.usecases.official_names import officially_named
from dossier.vietnamese import slug
from dossier.web import redaction
from dossier.web.jobs import MadeFile
from dossier.web.roles import Visitor

_GIVEN = {format_.name: format_.media for format_ in reports.FORMATS if format_.media}
TYPES: Mapping[str, str] = {**_GIVEN, "pdf": "application/pdf", "zip": "application/zip"}
_OFFERED = tuple(format_.name for format_ in reports.FORMATS if format_.offered)


@dataclass(frozen=True, slots=True)
class WantedReport:
    """A request for a document or package. ``path``: of the dossier; empty: all that the visitor may see."""

    archive: Archive
    visitor: Visitor
    today: date
    path: str
    format: str
    year: int | None = None
    part: str = ""


Make = Callable[[WantedReport, Path], Path]


@dataclass(frozen=True, slots=True)
class Making:
    """A document or package that can be made. ``of_one``: of one dossier; ``whole``: only for visitors who
    see the whole archive; ``formats``: the default first."""

    title: str
    about: str
    formats: tuple[str, ...]
    make: Make
    of_one: bool = False
    whole: bool = False


def report_for(wanted: WantedReport) -> ComplianceReport:
    """The report requested, limited to what the visitor may see."""
    made = assess(wanted.archive, wanted.today, wanted.path or None)
    units = wanted.visitor.units
    if units is not None:
        of_visitor = is_one_of(units)
        own = only(made.dossiers, lambda dossier: of_visitor(dossier.unit))
        paths = {dossier.path for dossier in own}
        made = replace(
            made, dossiers=own, outside=Outside(), findings=(), due=(), problems=(), proposals=(),
            waivers=tuple(w for w in made.waivers if w.dossier in paths),
            expired=tuple(w for w in made.expired if w.dossier in paths),
        )  # fmt: skip
    elif not wanted.path:
        made = with_history(wanted.archive, made)
    return redaction.archive(made, wanted.visitor)


def make(kind: Making, wanted: WantedReport, name: str, folder: Path) -> MadeFile:
    """Make the document or package in ``folder``; ``name``: of the dossier or archive, for the file's
    name."""
    place = kind.make(wanted, folder)
    called = f"{slug(_(kind.title))}-{slug(name)[:60]}{place.suffix}"
    return MadeFile(place, called, TYPES[place.suffix[1:]])


def _from_report(render: Callable[[ComplianceReport, str], bytes]) -> Make:
    def made(wanted: WantedReport, folder: Path) -> Path:
        report = _formal(wanted)
        report_progress(0, 0, _("lập văn bản"))
        place = folder / f"tep.{wanted.format}"
        place.write_bytes(render(report, wanted.format))
        return place

    return made


def _formal(wanted: WantedReport) -> ComplianceReport:
    return officially_named(wanted.archive, report_for(wanted))


def _report(wanted: WantedReport, folder: Path) -> Path:
    report = report_for(wanted)
    report_progress(0, 0, _("lập văn bản"))
    place = folder / f"tep.{wanted.format}"
    with place.open("wb") as out:
        out.writelines(reports.pieces(wanted.format, report))
    return place


def _ranking(wanted: WantedReport, folder: Path) -> Path:
    def render(report: ComplianceReport, format_: str) -> bytes:
        return papers.written(letters.request_to_rank(wanted.archive, report, wanted.year), format_)

    return _from_report(render)(wanted, folder)


def _draft(wanted: WantedReport, folder: Path) -> Path:
    def render(report: ComplianceReport, format_: str) -> bytes:
        return papers.written(letters.draft_of(wanted.archive, report, wanted.part), format_)

    return _from_report(render)(wanted, folder)


def _lacking(wanted: WantedReport, folder: Path) -> Path:
    found = letters.about_lacking(_formal(wanted))
    if not found:
        raise UsageError(_("Không có hồ sơ nào còn thiếu tài liệu bắt buộc."))
    report_progress(0, 0, _("lập văn bản"))
    letters.write_letters(wanted.archive, found, folder / "cong-van")
    return zipped(folder / "cong-van")


def _closing(wanted: WantedReport, folder: Path) -> Path:
    report = report_for(wanted)
    report_progress(0, 0, _("lập văn bản"))
    closing.write_set(wanted.archive, report, folder / "ket-thuc")
    return zipped(folder / "ket-thuc")


def _package(wanted: WantedReport, folder: Path) -> Path:
    from dossier.usecases.package import make as package

    package.make_package(wanted.archive, wanted.path, folder / "goi", wanted.today)
    return zipped(folder / "goi")


def _figures(wanted: WantedReport, folder: Path) -> Path:
    from dossier.usecases import bundles

    report_progress(0, 0, _("lập gói số liệu"))
    place = folder / "so-lieu.zip"
    place.write_bytes(bundles.make(wanted.archive, wanted.today))
    return place


def _key(wanted: WantedReport, folder: Path) -> Path:
    from dossier.usecases import bundles

    key = bundles.public_key(wanted.archive)
    (folder / "khoa").mkdir()
    (folder / "khoa" / "khoa.pem").write_bytes(key)
    (folder / "khoa" / "ma-doi-chieu.txt").write_text(bundles.fingerprint(key) + "\n", "ascii")
    return zipped(folder / "khoa")


def zipped(folder: Path) -> Path:
    """Pack the folder as a ZIP file beside it; the packed files are deleted."""
    place = folder.with_suffix(".zip")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for path in counted(files, what=_("nén tệp")):
            packed.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
            path.unlink()
    return place


KINDS: Mapping[str, Making] = {
    "goi": Making(N_("Gói nộp lưu"), N_("tệp gốc, bản PDF/A, văn bản kết thúc, dữ liệu đặc tả, mã kiểm tra"),
                  ("zip",), _package, of_one=True),
    "ket-thuc": Making(N_("Bộ văn bản kết thúc"),
                       N_("bìa, mục lục văn bản, chứng từ kết thúc, mục lục nộp lưu, biên bản giao nhận"),
                       ("zip",), _closing, of_one=True),
    "van-ban": Making(N_("Mục lục văn bản"), N_("mọi văn bản trong hồ sơ, theo thứ tự"),
                      ("docx", "xlsx", "pdf"), _from_report(papers.documents), of_one=True),
    "xep-loai": Making(N_("Đề nghị xếp loại"), N_("điền từ hồ sơ; các chỗ chấm là điều chưa biết"),
                       ("docx", "pdf"), _ranking, of_one=True),
    "khung": Making(N_("Khung dự thảo"), N_("của văn bản còn thiếu"), ("docx", "pdf"), _draft, of_one=True),
    "bo-sung": Making(N_("Công văn đề nghị bổ sung"), N_("mỗi đơn vị có hồ sơ còn thiếu một tệp"), ("zip",),
                      _lacking),
    "bao-cao-cap-tren": Making(N_("Báo cáo cấp trên"), N_("theo thể thức Nghị định 30/2020/NĐ-CP"),
                               ("docx", "pdf"), _from_report(papers.report_of)),
    "muc-luc": Making(N_("Mục lục hồ sơ nộp lưu"), N_("hồ sơ đã kết thúc, đầy đủ, chưa nộp"),
                      ("docx", "xlsx", "pdf"), _from_report(papers.inventory)),
    "giao-nhan": Making(N_("Biên bản giao nhận"), N_("cùng những hồ sơ ấy"), ("docx", "pdf"),
                        _from_report(papers.handover)),
    "giu-lai": Making(N_("Danh mục hồ sơ giữ lại"), N_("đã kết thúc, còn giữ tại đơn vị"),
                      ("docx", "xlsx", "pdf"), _from_report(papers.kept_back)),
    "hoi-dong": Making(N_("Danh mục đề nghị Hội đồng xét"), N_("hết thời hạn theo quy định đã đối chiếu"),
                       ("docx", "xlsx", "pdf"), _from_report(papers.council)),
    "bao-cao": Making(N_("Báo cáo kết quả"), N_("hồ sơ, mục, phát hiện, văn bản: để xem, in, tính toán"),
                      _OFFERED, _report),
    "so-lieu": Making(N_("Gói số liệu gửi cấp trên"), N_("chỉ số liệu, có chữ ký của kho, không có nội dung"),
                      ("zip",), _figures, whole=True),
    "khoa": Making(N_("Khóa công khai của kho"),
                   N_("gửi nơi nhận số liệu một lần, rồi đọc mã đối chiếu qua điện thoại"), ("zip",), _key,
                   whole=True),
}  # fmt: skip
