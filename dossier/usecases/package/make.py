"""Make the transfer package of a dossier; the target folder appears only when the package is complete."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dossier.archive import Archive
from dossier.errors import ArchiveError, UsageError
from dossier.i18n import _
from dossier.model import ComplianceReport, DossierReport
from dossier.progress import counted, report_progress
from dossier.usecases.assess import assess
from dossier.usecases.closing import closing_set, obstacles
from dossier.usecases.known import open_known
from dossier.usecases.new_folder import new_folder
from dossier.usecases.output import check_new_folder
from dossier.usecases.package import contents, evidence, metadata, pdfa, verify
from dossier.usecases.package.contents import Original
from dossier.usecases.papers import formal, printed
from dossier.usecases.whole_acts import acted
from reports.papers import wording

ORIGINALS, COPIES, PAPERS, METADATA, EVIDENCE = "ho-so", "pdf-a", "van-ban", "dac-ta", "kiem-tra"
_LARGEST = 64 << 20  # maximal bytes of a file converted to PDF/A, which happens in memory
_SECONDS = 3600.0  # time limit for the checksums
_LISTED = 12  # reasons listed in a refusal


@dataclass(frozen=True, slots=True)
class MadePackage:
    """A finished package: its folder, the numbers of original files, PDF/A copies and files left out, and the
    seal code (:func:`~dossier.usecases.package.verify.package_code`)."""

    place: Path
    originals: int
    copies: int
    left: int
    code: str


def make_package(archive: Archive, path: str, place: Path, today: date | None = None) -> MadePackage:
    """Make the package of the dossier at ``path`` as the new folder ``place``.

    Raises :class:`UsageError` if the dossier must not be handed over as it is (with all reasons) or ``place``
    is closed to output, :class:`ArchiveError` if writing fails.
    """
    place = check_new_folder(place, archive)
    report = assess(archive, today, path)
    dossier = report.dossiers[0]
    _refuse(dossier)
    report = formal(archive, today, path)  # documents handed over are in Vietnamese
    dossier = report.dossiers[0]
    contents.check_fresh(archive, dossier)
    originals, left = contents.chosen(archive, dossier)
    contents.check_names(originals)
    with new_folder(place, archive) as folder:
        states, pages = _files(archive, originals, folder)
        report_progress(0, 0, _("lập văn bản kết thúc"))
        _papers(report, dossier, _pages_by_document(dossier, pages), folder)
        described = metadata.describe(
            dossier,
            report.office,
            _pages_by_document(dossier, pages),
            {original.path: original.sha256 for original in originals},
        )
        _write(folder, f"{METADATA}/nghi-dinh-30-2020-phu-luc-VI.xml", metadata.annex_vi(described))
        _write(folder, f"{METADATA}/nghi-dinh-30-2020-phu-luc-VI.xsd", metadata.SCHEMA.read_bytes())
        _write(folder, f"{METADATA}/luat-luu-tru-2024-chua-doi-chieu.xml", metadata.law_2024(described))
        names = tuple(described.dossier)
        _write(folder, f"{METADATA}/ho-so.csv", metadata.table([described.dossier], names))
        columns = tuple(described.documents[0]) if described.documents else ("DocOrdinal",)
        _write(folder, f"{METADATA}/tai-lieu.csv", metadata.table(described.documents, columns))
        _write(folder, f"{EVIDENCE}/chu-ky-so.csv", evidence.signatures(dossier, originals))
        _write(folder, f"{EVIDENCE}/pdf-a.csv", evidence.copies(originals, states))
        _write(folder, f"{EVIDENCE}/khong-nop.csv", evidence.versions(dossier, left))
        with open_known(archive) as catalogue:
            table = evidence.decisions(dossier, archive.checklists.get(dossier.kind), catalogue)
        _write(folder, f"{EVIDENCE}/quyet-dinh.csv", table)
        copies = sum(not state for state in states.values())
        _write(folder, "DOC-TRUOC.txt", _read_me(described, len(originals), copies).encode())
        report_progress(0, 0, _("tính mã kiểm tra"))
        _bag(folder, report, dossier, described.dossier["FileCode"])
        code = verify.package_code(folder)
        acted(archive, folder, "package", path, place=place, originals=len(originals))
        acted(archive, folder, "package-seal", path, code=code)
    return MadePackage(place, len(originals), copies, len(left), code)


def _refuse(dossier: DossierReport) -> None:
    found = [obstacle for obstacle in obstacles(dossier) if obstacle.blocks]
    if not found:
        return
    lines = [f"  - {each.what}{' ' + each.how if each.how else ''}" for each in found[:_LISTED]]
    if len(found) > _LISTED:
        lines.append("  " + _("… và {count} mục nữa").format(count=len(found) - _LISTED))
    raise UsageError(
        _("Chưa lập được gói nộp lưu của hồ sơ “{name}”:").format(name=dossier.name)
        + "\n"
        + "\n".join(lines),
        _('Giải quyết từng việc rồi chạy lại; xem đủ: dossier close "{name}"').format(name=dossier.name),
    )


def _files(
    archive: Archive, originals: list[Original], folder: Path
) -> tuple[Mapping[str, str], Mapping[str, int]]:
    """Copy the originals and make their PDF/A copies. Returns, by path, the state of each copy (as in
    :mod:`~dossier.usecases.package.pdfa`) and the number of pages of those made."""
    states: dict[str, str] = {}
    pages: dict[str, int] = {}
    todo: list[tuple[Original, bytes]] = []
    for original in counted(originals, what=_("chép tệp gốc")):
        target = folder / ORIGINALS / original.inside
        contents.copy(archive, original, target)
        states[original.path] = "too-large"
        if target.stat().st_size <= _LARGEST:
            todo.append((original, target.read_bytes()))
    done = pdfa.converted([(original.format, content) for original, content in todo])
    for (original, _content), (made, state) in zip(todo, done, strict=True):
        states[original.path] = state
        if made is not None:
            pages[original.path] = pdfa.pages(made)
            _write(folder, f"{COPIES}/{contents.copy_name(original)}", made)
    return states, pages


def _pages_by_document(dossier: DossierReport, pages: Mapping[str, int]) -> dict[str, int]:
    """Return the page numbers counted in PDF/A copies, by id of documents that are alone in their file."""
    alone: dict[str, list[str]] = {}
    for document in dossier.documents:
        alone.setdefault(document.path, []).append(document.id)
    return {ids[0]: pages[path] for path, ids in alone.items() if path in pages and len(ids) == 1}


def _papers(report: ComplianceReport, dossier: DossierReport, pages: Mapping[str, int], folder: Path) -> None:
    made = closing_set(report, dossier, pages)
    try:
        as_pdf: list[bytes | None] = list(printed([paper.content for paper in made]))
    except UsageError:  # without LibreOffice the package contains only the Word files
        as_pdf = [None] * len(made)
    for paper, pdf in zip(made, as_pdf, strict=True):
        _write(folder, f"{PAPERS}/{paper.name}.docx", paper.content)
        if pdf is not None:
            _write(folder, f"{PAPERS}/{paper.name}.pdf", pdf)


def _bag(folder: Path, report: ComplianceReport, dossier: DossierReport, code: str) -> None:
    """Turn the folder into a bag, in a separate process because the library changes the current folder."""

    command = [
        sys.executable, "-m", "bagit", "--quiet", "--sha256", "--sha512",
        "--source-organization", report.office.name or report.name,
        "--external-description", wording.title(dossier),
        "--external-identifier", code or wording.symbol(dossier) or dossier.name,
        ".",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=_SECONDS, check=False, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ArchiveError(_("Chưa lập được mã kiểm tra của gói ({why}).").format(why=error)) from error
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["?"]
        raise ArchiveError(_("Chưa lập được mã kiểm tra của gói ({why}).").format(why=why[0][:200]))


def _read_me(described: metadata.Description, originals: int, copies: int) -> str:
    """Return the package's read-me: contents and what was not verified. In Vietnamese like the documents."""
    lines = [
        described.dossier["Title"],
        "",
        f"{ORIGINALS}/    {originals} tệp gốc, đúng từng byte như trong kho",
        f"{COPIES}/    {copies} bản PDF/A-2b để đọc lâu dài; bản PDF/A của tệp ký số không mang chữ ký",
        f"{PAPERS}/  bìa, mục lục văn bản, chứng từ kết thúc, mục lục hồ sơ nộp lưu, biên bản giao nhận;",
        "          bìa (mẫu 02) và chứng từ kết thúc (mẫu 04) chưa đối chiếu với Thông tư 55/2025/TT-BCA",
        f"{METADATA}/   dữ liệu đặc tả theo Nghị định 30/2020/NĐ-CP, phụ lục VI (XML, CSV); tệp theo",
        "          Luật Lưu trữ 2024 và Nghị định 113/2025/NĐ-CP chưa đối chiếu với phụ lục của Nghị định",
        f"{EVIDENCE}/ chữ ký số, bản PDF/A, tệp không nộp, quyết định của người làm hồ sơ",
        "",
        "Gói theo chuẩn BagIt (RFC 8493). Kiểm tra bằng: dossier package verify THƯ_MỤC",
        "hoặc bằng công cụ BagIt bất kỳ. Mã niêm phong của gói ghi ở biên bản giao nhận đã ký thì kiểm tra",
        "thêm: dossier package verify THƯ_MỤC --code MÃ (các danh sách bị viết lại cũng lộ ra).",
    ]
    if described.cut:
        lines += ["", f"Giá trị dài quá quy định, đã cắt hoặc để trống: {', '.join(described.cut)}."]
    return "\n".join(lines) + "\n"


def _write(folder: Path, name: str, content: bytes) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
