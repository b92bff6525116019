"""Closing a dossier, its package, and what stands in the way; with real programs."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import bagit
import docx
import pytest
from archives import FOUNDING, SURVEY, paper, write
from lxml import etree

from dossier.archive import Archive, open_archive
from dossier.errors import DossierError, UsageError
from dossier.model import Status, Waiver
from dossier.progress import heard_by
from dossier.scanner._exec import ghostscript, libreoffice
from dossier.usecases import audit
from dossier.usecases.assess import assess
from dossier.usecases.closing import obstacles, write_set
from dossier.usecases.known import open_known
from dossier.usecases.package import pdfa
from dossier.usecases.package.make import make_package
from dossier.usecases.package.verify import verify_package
from dossier.usecases.scan import scan

pytestmark = pytest.mark.slow  # makes PDF/A with LibreOffice

DAY = date(2026, 3, 1)
FOLDER = "mo-hinh/A"
MANIFEST = """name = "Camera an ninh"
ended = 2025-06-30
committee = false
symbol = "01.MH"
"""
needs_writer = pytest.mark.skipif(
    libreoffice.converter(libreoffice.TO_PDF) is None, reason="LibreOffice Writer is not here"
)


def word(text: str) -> bytes:
    made = docx.Document()
    for line in text.splitlines():
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def scanned(root: Path, **files: bytes | str) -> Archive:
    write(root, f"{FOLDER}/hoso.toml", MANIFEST)
    for name, content in files.items():
        write(root, f"{FOLDER}/{name.replace('__', '/').replace('_', '.')}", content)
    archive = open_archive(root)
    scan(archive, workers=1)
    return archive


def accept_gaps(archive: Archive) -> None:
    """Somebody lives with everything that is lacking."""
    dossier = assess(archive, DAY).dossiers[0]
    open_ = (Status.MISSING, Status.PARTIAL)
    with open_known(archive) as catalogue:
        for finding in dossier.findings:
            parts = [p for item in dossier.items for p in item.parts if p.part == finding.part]
            if finding.rule.startswith(("MH", "TT", "XL")) or any(p.status in open_ for p in parts):
                catalogue.waivers.record(
                    [Waiver(FOLDER, finding.rule, "kho cũ", "An", datetime.now(UTC), finding.part)]
                )


@pytest.fixture
def ready(tmp_path: Path) -> Archive:
    """A dossier that may be handed over: three papers in Word, one of them twice, and a stray one."""
    root = tmp_path / "kho"
    archive = scanned(
        root,
        **{
            "06 quyet dinh_docx": word(FOUNDING),
            "06 quyet dinh ban sao_docx": word(FOUNDING + "\n"),
            "01 ke hoach_docx": word(SURVEY),
            "nang luong_docx": word(paper("QUYẾT ĐỊNH", "55/QĐ-UBND", "Về việc nâng bậc lương thường xuyên")),
        },
    )
    accept_gaps(archive)
    return archive


def blocking(archive: Archive) -> list[str]:
    return [each.what for each in obstacles(assess(archive, DAY).dossiers[0]) if each.blocks]


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"))))


def test_what_stands_in_the_way_is_told_in_words(tmp_path: Path) -> None:
    archive = scanned(tmp_path / "kho", quyet_txt=FOUNDING)
    told = "\n".join(blocking(archive))
    assert "Còn thiếu: Kế hoạch khảo sát (mục 1)." in told
    with pytest.raises(UsageError, match="Còn thiếu"):
        make_package(archive, FOLDER, tmp_path / "goi", DAY)
    assert not (tmp_path / "goi").exists()


def test_a_running_dossier_is_not_handed_over(tmp_path: Path) -> None:
    archive = scanned(tmp_path / "kho", quyet_txt=FOUNDING)
    (tmp_path / "kho" / FOLDER / "hoso.toml").write_text("committee = false\n")
    scan(archive, workers=1)
    assert "Chưa có ngày kết thúc công việc." in blocking(archive)


def test_a_secret_paper_stands_first_in_the_way(tmp_path: Path) -> None:
    secret = FOUNDING.replace("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND\nMẬT")
    archive = scanned(tmp_path / "kho", mat_docx=word(secret), ke_docx=word(SURVEY))
    assert "dấu chỉ độ mật" in blocking(archive)[0]
    with pytest.raises(UsageError, match="dấu chỉ độ mật"):
        make_package(archive, FOLDER, tmp_path / "goi", DAY)


def test_the_whole_set_is_written_at_once_into_a_new_folder(ready: Archive, tmp_path: Path) -> None:
    report = assess(ready, DAY, FOLDER)
    written = write_set(ready, report, tmp_path / "bo")
    assert [path.name[:3] for path in written] == ["01-", "02-", "03-", "04-", "05-"]
    with pytest.raises(UsageError, match="Đã có"):
        write_set(ready, report, tmp_path / "bo")


@pytest.mark.parametrize("place", ["mo-hinh/A/goi", "mo-hinh/A/x/goi", ".dossier/goi", "checklists/goi"])
def test_nothing_is_written_into_a_dossier_or_among_the_state(ready: Archive, place: str) -> None:
    with pytest.raises(DossierError):
        make_package(ready, FOLDER, ready.root / place, DAY)
    assert not (ready.root / place).exists()


@needs_writer
def test_a_package_is_a_valid_bag_with_papers_metadata_and_evidence(ready: Archive, tmp_path: Path) -> None:
    assert blocking(ready) == []
    before = {p: p.read_bytes() for p in (ready.root / FOLDER).rglob("*") if p.is_file()}
    made = make_package(ready, FOLDER, tmp_path / "goi", DAY)
    assert bagit.Bag(str(made.place)).is_valid()
    data = made.place / "data"
    assert (made.originals, made.copies, made.left) == (2, 2, 2)
    for file in (data / "ho-so").rglob("*"):
        assert file.read_bytes() == (ready.root / FOLDER / file.name).read_bytes()
    for copy in (data / "pdf-a").rglob("*.pdf"):
        assert pdfa.faults(copy.read_bytes()) == []
    assert {p.name for p in (data / "van-ban").iterdir()} >= {
        "01-bia-ho-so.docx",
        "05-bien-ban-giao-nhan.pdf",
    }
    xml = etree.parse(data / "dac-ta/nghi-dinh-30-2020-phu-luc-VI.xml").getroot()
    text = {each.tag.rpartition("}")[2]: each.text for each in xml.iter()}
    assert text["FileNotation"] == "01.MH" and text["DocTotal"] == "2" and text["PageTotal"] == "2"
    assert 'doiChieu="chua"' in (data / "dac-ta/luat-luu-tru-2024-chua-doi-chieu.xml").read_text()
    hashes = {row["Path"]: row["Sha256"] for row in table(data / "dac-ta/tai-lieu.csv")}
    for name, digest in hashes.items():
        assert hashlib.sha256((data / "ho-so" / name).read_bytes()).hexdigest() == digest
    left = {row["Tệp"]: row["Vì sao không nộp"] for row in table(data / "kiem-tra/khong-nop.csv")}
    assert left["nang luong.docx"] == "không thuộc mục nào của hồ sơ"
    assert any(why.startswith("bản khác của") for why in left.values())
    assert any("chấp nhận" in row["Nội dung"] for row in table(data / "kiem-tra/quyet-dinh.csv"))
    assert before == {p: p.read_bytes() for p in (ready.root / FOLDER).rglob("*") if p.is_file()}
    assert verify_package(made.place, made.code).faults == ()
    assert made.code in audit.entries(ready, 1)[0].details["code"]


@needs_writer
def test_every_change_in_a_package_is_found(ready: Archive, tmp_path: Path) -> None:
    place = make_package(ready, FOLDER, tmp_path / "goi", DAY).place
    (place / "data/DOC-TRUOC.txt").write_text("khác")
    (place / "data/ho-so/01 ke hoach.docx").unlink()
    (place / "data/la.txt").write_text("lạ")
    told = "\n".join(verify_package(place).faults)
    assert "DOC-TRUOC.txt: nội dung không khớp" in told or "dung lượng" in told
    assert "01 ke hoach.docx" in told or "dung lượng" in told
    (place / "data/dan").symlink_to("/dev/zero")
    assert any("liên kết" in fault for fault in verify_package(place).faults)


def test_a_folder_that_is_no_package_is_refused(tmp_path: Path) -> None:
    (tmp_path / "liên kết").symlink_to("/dev/zero")
    with pytest.raises(UsageError):
        verify_package(tmp_path)
    with pytest.raises(UsageError):
        verify_package(tmp_path / "không có")


def test_a_file_that_changed_since_the_scan_is_not_handed_over(ready: Archive, tmp_path: Path) -> None:
    (ready.root / FOLDER / "01 ke hoach.docx").write_bytes(word(SURVEY + "\nThêm."))
    with pytest.raises(UsageError, match="đã đổi"):
        make_package(ready, FOLDER, tmp_path / "goi", DAY)
    assert list(tmp_path.iterdir()) == [ready.root]


def test_a_file_that_came_since_the_scan_is_told(ready: Archive, tmp_path: Path) -> None:
    (ready.root / FOLDER / "moi.docx").write_bytes(word(SURVEY))
    with pytest.raises(UsageError, match="chưa được quét"):
        make_package(ready, FOLDER, tmp_path / "goi", DAY)


def test_without_programs_originals_and_word_papers_are_handed_over(
    ready: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "converter", lambda how: None)
    monkeypatch.setattr(ghostscript, "available", lambda: None)
    steps: list[str] = []
    with heard_by(lambda _done, _total, what: steps.append(what)):
        made = make_package(ready, FOLDER, tmp_path / "goi", DAY)
    assert "chép tệp gốc" in steps and steps[-2:] == ["lập văn bản kết thúc", "tính mã kiểm tra"]
    assert made.copies == 0 and bagit.Bag(str(made.place)).is_valid()
    states = {row["Bản PDF/A"] for row in table(made.place / "data/kiem-tra/pdf-a.csv")}
    assert states == {"máy lập gói không có chương trình chuyển"}


def test_a_run_that_is_killed_leaves_no_package_and_the_next_one_sweeps_up(
    ready: Archive, tmp_path: Path
) -> None:
    code = (
        "import sys, time; from pathlib import Path; from datetime import date\n"
        "from dossier.archive import open_archive\n"
        "from dossier.usecases.package import make as m\n"
        "m._bag = lambda *a: (print('now', flush=True), time.sleep(60))\n"
        "m.pdfa.converted = lambda files: [(None, 'format')] * len(files)\n"
        "m.printed = lambda made: [b'x'] * len(made)\n"
        f"m.make_package(open_archive(Path(sys.argv[1])), {FOLDER!r}, Path(sys.argv[2]), date(2026, 3, 1))\n"
    )
    command = [sys.executable, "-c", code, str(ready.root), str(tmp_path / "goi")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout and process.stdout.readline().strip() == b"now"
    process.kill()
    process.wait()
    process.stdout.close()
    assert not (tmp_path / "goi").exists()
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".dossier-building-")]
    write_set(ready, assess(ready, DAY, FOLDER), tmp_path / "bo")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".dossier-building-")]


def test_a_pdf_without_its_fonts_and_colours_is_not_called_pdf_a() -> None:
    from pypdf import PdfWriter

    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    assert {"no-claim", "no-colours"} <= set(pdfa.faults(out.getvalue()))
    writer.encrypt("x", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert pdfa.faults(out.getvalue()) == ["encrypted"]
    assert pdfa.faults(b"%PDF-1.4 garbage") == ["unreadable"]


@pytest.mark.skipif(ghostscript.available() is None, reason="Ghostscript is not here")
def test_a_plain_pdf_becomes_pdf_a_and_rubbish_does_not() -> None:
    from pypdf import PdfWriter

    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(out)
    (good, state), (bad, why) = pdfa.converted([("pdf", out.getvalue()), ("pdf", b"rubbish")])
    assert good is not None and state == "" and pdfa.pages(good) == 1
    assert bad is None and why in ("failed", "not-pdf-a")
