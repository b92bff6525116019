"""The pages of papers put together by lot (lot_papers.py): text, Word, PDF by LibreOffice, scans."""

from __future__ import annotations

import io
import random
import subprocess
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Cm, Pt
from docx.table import _Cell
from lot_papers import Paper, broken
from PIL import Image

_BATCH = 50
_DPI = 200


def _columns(paper: Paper, width: int) -> tuple[list[str], list[str]]:
    """The columns of the head, with the number beside the line of place and day."""
    left, right = list(paper.left), list(paper.right)
    longer = max(len(left), len(right))
    if paper.number and paper.dated and not paper.date_in_foot:
        left += [""] * (longer - len(left))
        right += [""] * (longer - len(right))
    left += [paper.number] if paper.number else []
    right += [paper.dated] if paper.dated and not paper.date_in_foot else []
    return left + (broken(paper.subject, width) if paper.subject else []), right


def _foot(paper: Paper) -> list[list[str]]:
    """The columns of the foot, left to right."""
    blocks = [list(block) for block in paper.blocks]
    if paper.date_in_foot:
        blocks[-1].insert(0, paper.dated)
    return ([["Nơi nhận:", *(f"- {who}" for who in paper.recipients)]] if paper.recipients else []) + blocks


def _beside(columns: list[list[str]], *, tab: bool, gap: int) -> list[str]:
    """Columns as lines of text, parted by a tab or by blanks."""
    widths = [max(map(len, column)) + gap for column in columns]
    rows = zip_longest(*columns, fillvalue="")
    if tab:
        return ["\t".join(row).rstrip() for row in rows]
    return [
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]


def plain(paper: Paper, lot: random.Random) -> bytes:
    """A paper as text: columns beside each other, or one after the other as copied out of a table."""
    way = lot.choice(("tab", "tab", "blanks", "blanks", "after"))
    columns, foot = list(_columns(paper, lot.choice((26, 30, 36, 48)))), _foot(paper)
    if way == "after":
        head = [line for column in columns for line in column if line]
        end = [line for column in foot for line in column if line]
    else:
        if len(foot) == 1:
            foot.insert(0, [""])
        head = [
            line for line in _beside(columns, tab=way == "tab", gap=lot.choice((3, 6, 10))) if line.strip()
        ]
        end = _beside(foot, tab=way == "tab", gap=6 if len(foot[0]) > 1 else 45)
    title = [paper.kind, *broken(paper.title, lot.choice((40, 60, 0))), ""] if paper.kind else []
    wrap = lot.choice((0, 0, 90))
    text = [line for paragraph in paper.text for line in broken(paragraph, wrap)]
    return "\n".join([*head, "", *title, *paper.addressed, *text, "", *end]).encode()


def _write(where: WordDocument | _Cell, text: str, align: ALIGN | None = None, *, bold: bool = False) -> None:
    """One paragraph more."""
    paragraph = where.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(13)
    paragraph.alignment, paragraph.paragraph_format.space_after = align, Pt(0)


def _table(document: WordDocument, columns: list[list[str]], widths: list[float]) -> None:
    """A row of cells, each with a column."""
    table = document.add_table(1, len(columns))
    for cell, lines, width in zip(table.rows[0].cells, columns, widths, strict=True):
        cell.width = Cm(width)
        for line in lines:
            _write(cell, line, None if lines[:1] == ["Nơi nhận:"] else ALIGN.CENTER)
        if len(cell.paragraphs) > 1:
            first = cell.paragraphs[0]._element
            first.getparent().remove(first)


def word(paper: Paper, lot: random.Random) -> bytes:
    """A paper as a Word file: its columns in tables, or with tabs or blanks."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    page = document.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Cm(21), Cm(29.7), Cm(3), Cm(1.5)
    for part, way in (("head", lot.choice(("table", "table", "tab", "blanks"))), ("text", ""),
                      ("foot", lot.choice(("table", "table", "tab", "blanks")))):  # fmt: skip
        if part == "text":
            _text(document, paper, lot)
            continue
        columns = list(_columns(paper, 0 if way == "table" else 30)) if part == "head" else _foot(paper)
        if len(columns) == 1:
            columns.insert(0, [""])
        if way == "table":
            widths = [6.5, 10.0] if part == "head" else [16.5 / len(columns)] * len(columns)
            _table(document, columns, widths)
        else:
            for line in _beside(columns, tab=way == "tab", gap=6 if part == "head" else 12):
                _write(document, line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _text(document: WordDocument, paper: Paper, lot: random.Random) -> None:
    """Title, addressees and paragraphs."""
    _write(document, "")
    if paper.kind:
        _write(document, paper.kind, ALIGN.CENTER, bold=True)
        for line in broken(paper.title, lot.choice((0, 45))):
            _write(document, line, ALIGN.CENTER, bold=True)
        _write(document, "")
    for line in [*paper.addressed, *paper.text]:
        _write(document, line, ALIGN.JUSTIFY)
    _write(document, "")


def printed(files: Mapping[int, bytes], work: Path) -> Iterator[tuple[int, bytes]]:
    """The PDF files that LibreOffice prints of Word files, a batch at a time."""
    seeds = list(files)
    for start in range(0, len(seeds), _BATCH):
        paths = [work / f"{seed}.docx" for seed in seeds[start : start + _BATCH]]
        for path in paths:
            path.write_bytes(files[int(path.stem)])
        command = [
            "soffice",
            f"-env:UserInstallation=file://{work}/office",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        subprocess.run(
            [*command, "--outdir", str(work), *map(str, paths)], check=True, stdout=subprocess.DEVNULL
        )
        for path in paths:
            yield int(path.stem), path.with_suffix(".pdf").read_bytes()


def drawn(data: bytes, lot: random.Random, work: Path) -> bytes:
    """The first page of a PDF as a scan: grey, a little askew, with specks."""
    (work / "page.pdf").write_bytes(data)
    command = ["pdftoppm", "-r", str(_DPI), "-gray", "-png", "-singlefile", "-f", "1", "-l", "1"]
    subprocess.run([*command, str(work / "page.pdf"), str(work / "page")], check=True)
    page = Image.open(work / "page.png").rotate(
        lot.uniform(-0.6, 0.6), fillcolor=255, resample=Image.Resampling.BICUBIC
    )
    for _ in range(lot.randint(0, 400)):
        page.putpixel((lot.randrange(page.width), lot.randrange(page.height)), lot.choice((90, 140, 200)))
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(_DPI, _DPI))
    return out.getvalue()
