"""Small archives on disk for the tests of use cases, made of real files."""

from __future__ import annotations

import io
import os
import time
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

from dossier.archive import Archive, open_archive
from dossier.model import ComplianceReport
from dossier.usecases import decide
from dossier.usecases.assess import assess
from dossier.usecases.demo import write_sample
from dossier.usecases.scan import ScanCounts, scan

TODAY = date(2023, 4, 1)
_HEAD = """ỦY BAN NHÂN DÂN
XÃ HÀM THẮNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
"""


def paper(type_: str, number: str, abstract: str, day: str = "05 tháng 3 năm 2023", body: str = "") -> str:
    """The text of a document of the commune, in the form of Nghị định 30."""
    return f"""{_HEAD}Số: {number}
Hàm Thắng, ngày {day}
{type_}
{abstract}
{body or "Căn cứ Luật Tổ chức chính quyền địa phương; theo đề nghị của Trưởng Công an xã."}
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An
"""


FOUNDING = paper("QUYẾT ĐỊNH", "12/QĐ-UBND", "Về việc thành lập mô hình “Camera an ninh”")
SURVEY = paper("KẾ HOẠCH", "03/KH-UBND", "Khảo sát địa bàn xây dựng mô hình “Camera an ninh”")
PROPOSAL = paper("TỜ TRÌNH", "05/TTr-UBND", "Về việc đề xuất xây dựng mô hình “Camera an ninh”")
# Without the report, its own text does not settle what the plan is.
DOUBTFUL = paper(
    "PHƯƠNG ÁN", "02/PA-UBND", "Khảo sát an ninh địa bàn trọng điểm", "10 tháng 01 năm 2023",
    "Nắm tình hình tại từng thôn trước khi chọn nơi làm mô hình.",
)  # fmt: skip
REPORT = paper(
    "BÁO CÁO", "03/BC-UBND", "Kết quả khảo sát tình hình an ninh, trật tự tại địa bàn xây dựng mô hình",
    "20 tháng 01 năm 2023", "Công an xã đã khảo sát 12 thôn, lấy ý kiến nhân dân; đề xuất xây dựng mô hình.",
)  # fmt: skip


def put(root: Path, **files: str | bytes) -> None:
    """Files of the dossier ``mo-hinh/A`` by name; ``__`` stands for a slash, ``_`` for a dot."""
    for name, content in files.items():
        write(root, "mo-hinh/A/" + name.replace("__", "/").replace("_", "."), content)


def write(root: Path, path: str | bytes, content: str | bytes) -> None:
    """A file of the archive, under a name in text or in bytes."""
    file = os.path.join(os.fsencode(root), os.fsencode(path))
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "wb") as out:
        out.write(content.encode() if isinstance(content, str) else content)


def bomb(size: int = 400 << 20) -> bytes:
    """A zip file called Word, whose text would fill ``size`` bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            for _number in range(size >> 20):
                member.write(b" " * (1 << 20))
    return out.getvalue()


def entity_bomb() -> bytes:
    """A Word file whose XML grows without end when its entities are taken at their word."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f'<!DOCTYPE d [<!ENTITY e0 "haha">{entities}]><d>&e11;</d>')
    return out.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("mat khau", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def run(root: Path, **options: object) -> tuple[ScanCounts, ComplianceReport]:
    """Scan with one worker and judge."""
    archive = open_archive(root)
    counts = scan(archive, **({"workers": 1} | options))  # type: ignore[arg-type]
    return counts, assess(archive, TODAY)


def again(archive: Archive) -> ComplianceReport:
    """The verdict without a scan."""
    return assess(archive, TODAY)


def on_disk(root: Path) -> int:
    """Files in the archive, but for the tool's own state."""
    state = str(root / ".dossier")
    return sum(len(names) for folder, _folders, names in os.walk(root) if not folder.startswith(state))


def accounted(report: ComplianceReport) -> int:
    """Files the report speaks of: read, unread, ignored."""
    return (
        len({document.path for document in report.documents})
        + len(report.unread)
        + sum(file.files for file in report.ignored)
    )


def settled(root: Path) -> Path:
    """A small archive whose files were written long enough ago not to be doubted."""
    put(root, a_txt=FOUNDING, b_txt=SURVEY)
    past = time.time() - 100
    for file in root.rglob("*.txt"):
        os.utime(file, (past, past))
    past_the_tick()
    return root


def past_the_tick() -> None:
    """Wait until a change of a file written before now would be seen by its change time."""
    time.sleep(0.15)


def decided_archive(root: Path, today: date, *, dossiers: int) -> Archive:
    """A scanned sample in which a person put one paper into item 5, for a schema of its own on a server."""
    write_sample(root, dossiers=dossiers, seed=4, today=today, scans=False)
    opened = open_archive(root)
    scan(opened, workers=dossiers)
    document = next(d for d in assess(opened, today).documents if not d.security)
    decide.assign(opened, document.path, ["5"])
    settings = replace(opened.config.catalogue, schema=f"kho_{uuid4().hex[:10]}")
    return replace(opened, config=replace(opened.config, catalogue=settings))
