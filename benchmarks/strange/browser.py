"""Papers as a browser prints them: pages of web forms, gazettes, copies and typewriters.

What stands around a paper is what differs: the gazette's line above the head, the form it was filled into,
the copier's own number, day and signer below it, an older number under a white patch.
"""

from __future__ import annotations

import atexit
import html
import io
import shutil
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import pypdfium2
from PIL import Image
from strange.papers import Paper

from dossier.demo.paper import ColumnLine

_STYLE = """
body{font:13.5pt 'Liberation Serif',serif;margin:0} table{width:100%;border-collapse:collapse}
td{vertical-align:top;text-align:center;padding:0} p{margin:0 0 5pt} .c{text-align:center;font-weight:bold}
"""
_PLAIN = {"width": "210mm", "height": "297mm"}
_MARGINS = {"top": "20mm", "bottom": "18mm", "left": "26mm", "right": "15mm"}


@lru_cache(maxsize=1)
def _page() -> Any:
    """A page of a browser that is kept for the whole run."""
    from playwright.sync_api import sync_playwright

    play = sync_playwright().start()
    browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    atexit.register(play.stop)
    atexit.register(browser.close)
    return browser.new_page()


def printed(body: str, style: str = "", **options: Any) -> bytes:
    """The PDF of a page."""
    page = _page()
    page.set_content(f"<meta charset=utf-8><style>{_STYLE}{style}</style>{body}")
    pdf: bytes = page.pdf(prefer_css_page_size=True, **{**_PLAIN, "margin": _MARGINS, **options})
    return pdf


def picture(pdf: bytes, dpi: int = 150) -> Image.Image:
    """The first page, grey."""
    opened = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return opened[0].render(scale=dpi / 72).to_pil().convert("L")


def _shown(lines: Iterable[ColumnLine]) -> str:
    return "".join(
        f"<div style='font-size:{line.size}pt{';font-weight:bold' * line.bold}"
        f"{';font-style:italic' * line.italic}'>{html.escape(line.text)}</div>"
        for line in lines
    )


def columns(left: Iterable[ColumnLine], right: Iterable[ColumnLine], share: int = 42) -> str:
    """Two columns as a table; ``share``: percent of the left one."""
    return f"<table><tr><td style='width:{share}%'>{_shown(left)}<td>{_shown(right)}</table>"


def sheet(
    paper: Paper, *, above: str = "",
    left: list[ColumnLine] | None = None, right: list[ColumnLine] | None = None,
    after: str = "",
) -> str:  # fmt: skip
    """The whole paper, with what stands ``above`` its head and ``after`` its signature."""
    body = "".join(
        f"<p class={'c' if text.align == 'center' else 'b'}>{html.escape(text.text)}</p>"
        for text in paper.body()
    )
    foot = paper.foot()
    head = columns(left or paper.left(), right or paper.right())
    return f"{above}{head}<br>{body}{columns(foot.left, foot.right, 48)}{after}"


def _dated(paper: Paper, said: str) -> list[ColumnLine]:
    return [*paper.right()[:-1], ColumnLine(said, italic=True, size=12.5)]


def gazette(paper: Paper) -> str:
    """Reprinted in an official gazette, whose own number and day run along the top."""
    line = "<div style='border-bottom:1px solid;font-style:italic'>2<span style='float:right'>CÔNG BÁO/Số " \
           "745 + 746/Ngày 18-9-2025</span></div><br>"  # fmt: skip
    return sheet(paper, above=line)


def cornered(paper: Paper) -> str:
    """With the words of a digital signature in its corner."""
    words = (
        "Người ký: Cổng Thông tin điện tử<br>Email: thongtin@example.vn<br>Cơ quan: Văn phòng<br>"
        "Thời gian ký: 21.12.2025 16:20:51 +07:00"
    )
    return sheet(paper, above=f"<div style='font:8pt sans-serif;text-align:right'>{words}</div>")


def form(paper: Paper) -> str:
    """On a form whose own origin stands above the head."""
    words = (
        "<b>Mẫu số 04/PT</b><br><i>(Ban hành kèm theo Thông tư số 77/2019/TT-BXX<br>ngày 22 tháng 4 năm "
        "2019 của Bộ trưởng)</i>"
    )
    return sheet(paper, above=f"<div style='text-align:right;font-size:11pt'>{words}</div><br>")


def copied(paper: Paper) -> str:
    """A certified copy: copier, his number, day and signer below the paper."""
    left = [ColumnLine("VĂN PHÒNG", bold=True), ColumnLine("Số: 918/SY-VP")]
    right = [
        ColumnLine("SAO Y BẢN CHÍNH", bold=True),
        ColumnLine("Tân Phú, ngày 30 tháng 11 năm 2025", italic=True),
        ColumnLine("TL. CHÁNH VĂN PHÒNG", bold=True), ColumnLine("PHÓ CHÁNH VĂN PHÒNG", bold=True),
        ColumnLine("", size=30), ColumnLine("Tạ Quang Nghĩa", bold=True),
    ]  # fmt: skip
    return sheet(paper, after=f"<hr>{columns(left, right)}")


def copied_apart(paper: Paper) -> str:
    """The same on a sheet of its own."""
    return copied(paper).replace("<hr>", "<div style='break-before:page'></div>")


def certified(paper: Paper) -> str:
    """Certified by a commune, with its stamp's number, day and name."""
    said = [
        ColumnLine("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH", bold=True),
        ColumnLine("Số chứng thực: 2044, quyển số: 03-SCT/BS"),
        ColumnLine("Ngày 12 tháng 02 năm 2026"), ColumnLine("KT. CHỦ TỊCH", bold=True),
        ColumnLine("PHÓ CHỦ TỊCH", bold=True),
        ColumnLine("", size=30), ColumnLine("Hứa Thị Kim Liên", bold=True),
    ]  # fmt: skip
    return sheet(
        paper, after=f"<br><div style='width:60%;border:1px solid;text-align:center'>{_shown(said)}</div>"
    )


def copied_above(paper: Paper) -> str:
    """A digital copy: the copier's line at the top of the page."""
    words = "SAO Y; UBND THÀNH PHỐ TÂN PHÚ; 30/11/2025 08:14:20"
    return sheet(paper, above=f"<div style='font:9pt sans-serif'>{words}</div>")


def patched(paper: Paper) -> str:
    """An older number under a white patch, the right one written over it."""
    place = "position:absolute;left:2mm;top:0;width:70mm"
    left = [line for line in paper.left() if not line.text.startswith("Số")]
    number = (
        f"<div style='position:relative;height:20pt'><div style='{place}'>Số: 9999/BC-CU</div>"
        f"<div style='{place};height:20pt;background:#fff'></div>"
        f"<div style='{place}'>Số: {paper.number}</div></div>"
    )
    at = len(paper.left()) - 1 - paper.letter
    shown = _shown(left[:at]) + number + _shown(left[at:])
    return sheet(paper).replace(_shown(paper.left()), shown, 1)


def white(paper: Paper) -> str:
    """White words on white: another number and day that nobody sees."""
    hidden = "Số: 4444/GM-VP. Tân Phú, ngày 01 tháng 01 năm 2019"
    style = "color:#fff;font-size:11pt;print-color-adjust:exact"
    return sheet(paper, above=f"<div style='{style}'>{hidden}</div>")


def marked(paper: Paper) -> str:
    """A pale mark across the page."""
    mark = "<div style='position:fixed;top:90mm;left:0;font-size:90pt;color:#ddd;transform:rotate(-40deg)'>" \
           "BẢN SAO LƯU</div>"  # fmt: skip
    return mark + sheet(paper)


def received(paper: Paper) -> str:
    """The receiver's stamp as text, beside the number."""
    stamp = (
        "<div style='position:absolute;left:0;top:72pt;width:30mm;border:1px solid;font:8pt sans-serif'>"
        "CÔNG VĂN ĐẾN<br>Số: 3071<br>Ngày: 29/12/2025<br>Chuyển: ........</div>"
    )
    return stamp + sheet(paper)


def _numbered(paper: Paper, said: str) -> list[ColumnLine]:
    """The left column with its number's line in other words."""
    return [ColumnLine(said, size=12.5) if line.text.startswith("Số") else line for line in paper.left()]


def beside_symbol(paper: Paper) -> str:
    """The digits behind the symbol, as some clerks stamp them: ``Số: …/QĐ-UBND  215`` is left open."""
    digits, rest = paper.number.replace("-", "/", 1).split("/", 1)
    return sheet(paper, left=_numbered(paper, f"Số:          /{rest}     {digits}"))


def before_type(paper: Paper) -> str:
    """The head of the seventies and eighties: ``Số: 215 QĐ/UB``, the motto of then."""
    right = [
        ColumnLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=11.5),
        ColumnLine("Độc lập – Tự do – Hạnh phúc", size=12), ColumnLine("----------", size=10),
        ColumnLine(f"{paper.place}, {paper.spoken_day}", italic=True, size=12),
    ]  # fmt: skip
    return sheet(paper, left=_numbered(paper, f"Số : {paper.number}"), right=right)


def below(paper: Paper) -> str:
    """Place and day below the text, above the signature, as on forms."""
    right = paper.right()
    day = f"<div style='text-align:right;font-style:italic'>{right[-1].text}</div>"
    text = sheet(paper, right=right[:-1])
    at = text.rindex("<table>")
    return text[:at] + day + text[at:]


def boxed(paper: Paper) -> str:
    """The whole head in a frame with the receiver's number and day in cells beside it."""
    cells = "<tr><td>Số đến: 3107<td>Ngày đến: 05/01/2026<td>Chuyển:"
    return sheet(paper, above=f"<table border=1 style='font-size:9pt'>{cells}</table>")


def landscape(paper: Paper) -> str:
    """Lying, with a wide gap between the columns."""
    return f"<style>@page{{size:297mm 210mm}}</style>{sheet(paper)}"


def strokes(paper: Paper) -> str:
    """The day in figures, without ``ngày``."""
    year, month, day = paper.date.split("-")
    return sheet(paper, right=_dated(paper, f"{paper.place}, {day}/{month}/{year}"))


def bare_day(paper: Paper) -> str:
    """The day in words, without ``ngày``."""
    return sheet(paper, right=_dated(paper, f"{paper.place}, {paper.spoken_day.removeprefix('ngày ')}"))


def placeless(paper: Paper) -> str:
    """The place not filled in."""
    return sheet(paper, right=_dated(paper, f"………, {paper.spoken_day}"))


def spaced(paper: Paper) -> str:
    """Title and names with their letters apart."""
    body = sheet(paper)
    apart = " ".join(paper.type)
    return body.replace(f"<p class=c>{paper.type}</p>", f"<p class=c>{apart.replace('   ', ' &nbsp; ')}</p>")


def tracked(paper: Paper) -> str:
    """The head's letters apart by style."""
    return f"<div style='letter-spacing:2.5pt'>{sheet(paper)}</div>"


def decomposed(paper: Paper) -> str:
    """Marks as letters of their own."""
    return unicodedata.normalize("NFD", sheet(paper))


def shaken(paper: Paper) -> str:
    """Bold by a second print of each line, a hair aside."""
    text = sheet(paper)
    return f"<div style='position:absolute;left:0.4pt;top:0.2pt;width:100%'>{text}</div>{text}"


def one_column(paper: Paper) -> str:
    """Everything below each other, at the left."""
    lines = [*paper.right()[:-1], *paper.left(), paper.right()[-1]]
    body = "".join(f"<p>{html.escape(text.text)}</p>" for text in paper.body())
    return _shown(lines) + "<br>" + body + _shown(paper.foot().right)


def copy_of_mail(paper: Paper) -> str:
    """Printed from a mail, whose own day and sender stand above it."""
    above = (
        "<p><b>Văn thư đơn vị</b> &lt;vanthu@example.vn&gt;<br>Gửi: Thứ Hai, ngày 7 tháng 7 năm 2025 8:05 SA"
        "<br>Tới: Công an xã<br>Chủ đề: Fwd: văn bản số 55/CV-ABC</p><hr>"
    )
    return sheet(paper, above=above)


TYPED = "*{font-family:'Liberation Mono',monospace!important;font-weight:normal!important;" \
        "font-style:normal!important;font-size:10pt} td:first-child{width:44%!important}"  # fmt: skip

WORDINGS: dict[str, Callable[[Paper], str]] = {
    "plain": sheet, "gazette": gazette, "signed-corner": cornered, "form": form, "copied": copied,
    "copied-above": copied_above, "copied-apart": copied_apart, "certified": certified, "patched": patched,
    "white": white, "marked": marked, "received": received, "received-cells": boxed,
    "beside-symbol": beside_symbol, "eighties": before_type, "day-below": below, "landscape": landscape,
    "strokes": strokes, "bare-day": bare_day, "placeless": placeless, "spaced": spaced, "tracked": tracked,
    "decomposed": decomposed, "shaken": shaken, "one-column": one_column, "mail": copy_of_mail,
}  # fmt: skip
