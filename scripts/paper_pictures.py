"""The pictures of papers in the manual: ``python scripts/paper_pictures.py [ARCHIVE]``.

Papers of a sample archive (made and scanned first where none is named) are rendered by LibreOffice as they
would be signed; the first page of each goes to ``docs/vi/hinh/``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2

from dossier.archive import open_archive
from dossier.model import Office
from dossier.usecases import letters, papers
from dossier.usecases.assess import assess
from dossier.usecases.closing import closing_set

PICTURES = Path(__file__).resolve().parents[1] / "docs/vi/hinh"
SCALE = 0.8  # of 72 dots an inch
DAY = date(2026, 11, 28)


def main(archive: Path) -> None:
    """Make all pictures from the papers of an archive that was scanned."""
    opened = open_archive(archive)
    report = assess(opened, DAY)
    name = report.dossiers[0].unit
    office = Office(
        "Công an tỉnh Bình Thuận",
        name,
        "CAX",
        "Hàm Thắng",
        "Phòng PV05",
        "Trưởng Công an",
        "Trung tá Lê Văn C",
    )
    report = replace(report, office=office)
    closing = {paper.name[3:]: paper.content for paper in closing_set(report, report.dossiers[0])}
    made = {
        "giay-bao-cao": papers.report_of(report, "docx"),
        "giay-muc-luc-van-ban": closing["muc-luc-van-ban"],
        "giay-bien-ban": closing["bien-ban-giao-nhan"],
        "giay-chung-tu-ket-thuc": closing["chung-tu-ket-thuc"],
        "giay-cong-van": letters.about_lacking(report)[-1].content,
    }
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, pdf in zip(made, papers.printed(list(made.values())), strict=True):
        page = pypdfium2.PdfDocument(pdf)[0]
        picture = page.render(scale=SCALE).to_pil().convert("L").quantize(16)
        picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            sample = Path(folder) / "kho"
            subprocess.run([sys.executable, "-m", "dossier", "demo", str(sample)], check=True)
            main(sample)
