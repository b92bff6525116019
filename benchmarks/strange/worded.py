"""Papers whose heads are worded or set as others set them; see heads.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dossier.demo.paper import BOTH, CENTRE, LEFT, Block, ColumnLine, Columns, Paragraph
from dossier.demo.pdf_writer import write_pdf
from dossier.demo.typeset import typeset

_BANK = Path(__file__).with_name("heads.toml")
_BODY = (
    "Các bộ phận có liên quan chịu trách nhiệm tổ chức thực hiện nội dung nêu trên; định kỳ hằng quý gửi kết "
    "quả về đơn vị để tổng hợp, kịp thời phản ánh khó khăn, vướng mắc để cùng tháo gỡ."
)


def _blocks(head: dict[str, Any]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    left, right = ([ColumnLine(text, size=11.5) for text in head[side]] for side in ("left", "right"))
    if "middle" in head:
        for one, other in zip(left, head["middle"], strict=True):
            blocks.append(Columns((one,), (ColumnLine(other, size=11.5),), share=0.5))
        blocks += [Paragraph(line.text, align=CENTRE, indent=False) for line in right]
    elif left:
        blocks.append(Columns(tuple(left), tuple(right), head=True))
    else:
        blocks += [Paragraph(line.text, bold=True, align=CENTRE, indent=False) for line in right]
    for at, text in enumerate(head["title"]):
        blocks.append(Paragraph(text, bold=at < 2, align=CENTRE if at < 2 else BOTH, indent=at > 1))
    blocks += [Paragraph(_BODY, align=BOTH)] * 3
    first, second = (
        [ColumnLine(text, size=12, align=LEFT if "nhận" in text else CENTRE) for text in column]
        for column in head["foot"]
    )
    blocks.append(Columns(tuple(first), tuple(second), share=0.5))
    return tuple(blocks)


def papers() -> Iterator[tuple[str, bytes, dict[str, object]]]:
    """Name, file and truth of each."""
    for head in tomllib.loads(_BANK.read_text("utf-8"))["heads"]:
        yield head["name"], write_pdf(typeset(_blocks(head))), {"ordinal": 1, **head["truth"]}
