"""The pictures of papers in the manual: ``python scripts/paper_pictures.py [ARCHIVE [FOLDER]]``.

Papers of a sample archive (made and scanned first where none is named) are rendered by LibreOffice as they
would be signed; the first page of each goes to ``docs/vi/hinh/``, every page to FOLDER where that is named.
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
from dossier.usecases.closing import closing_set

PICTURES = Path(__file__).resolve().parents[1] / "docs/vi/hinh"
SCALE = 0.8  # of 72 dots an inch
DAY = date(2026, 11, 28)


def main(archive: Path, pages: Path | None = None) -> None:
    """Make all pictures from the papers of an archive that was scanned; every page of them in the folder
    ``pages``, where one is named."""
    opened = open_archive(archive)
    report = papers.formal(opened, DAY)
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
    one = replace(report, dossiers=report.dossiers[:1])
    made = {
        "giay-bao-cao": papers.report_of(report, "docx"),
        "giay-bia": closing["bia-ho-so"],
        "giay-muc-luc-van-ban": closing["muc-luc-van-ban"],
        "giay-chung-tu-ket-thuc": closing["chung-tu-ket-thuc"],
        "giay-muc-luc-nop-luu": closing["muc-luc-ho-so-nop-luu"],
        "giay-bien-ban": closing["bien-ban-giao-nhan"],
        "giay-giu-lai": papers.kept_back(report, "docx"),
        "giay-cong-van": letters.about_lacking(report)[-1].content,
        "giay-xep-loai": letters.request_to_rank(opened, one),
        "giay-du-thao": letters.draft_of(opened, one, "9"),
    }
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, pdf in zip(made, papers.printed(list(made.values())), strict=True):
        paper = pypdfium2.PdfDocument(pdf)
        for number in range(len(paper)) if pages else (0,):
            picture = paper[number].render(scale=SCALE).to_pil().convert("L").quantize(16)
            which = f"{name}-{number + 1}" if pages else name
            picture.save((pages or PICTURES) / f"{which}.png", optimize=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    else:
        with tempfile.TemporaryDirectory() as folder:
            sample = Path(folder) / "kho"
            subprocess.run([sys.executable, "-m", "dossier", "demo", str(sample)], check=True)
            main(sample)
