"""Papers whose heads are worded or set as others set them; see heads.toml."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from strange.desk import laid
from strange.programs import of_pictures

from dossier.demo.paper import BOTH, CENTRE, LEFT, Block, ColumnLine, Columns, Paragraph
from dossier.demo.pdf_writer import write_pdf
from dossier.demo.scan_writer import drawn
from dossier.demo.typeset import typeset

_BANKS = {
    "heads": "heads.toml", "heads-of-others": "heads_of_others.toml", "heads-of-wards": "heads_of_wards.toml",
    "heads-of-levels": "heads_of_levels.toml",
}  # fmt: skip
_MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
_RECEIVERS = ["Nơi nhận:", "- Như trên;", "- Lưu: VT."]
_BODY = (
    "Các bộ phận có liên quan chịu trách nhiệm tổ chức thực hiện nội dung nêu trên; định kỳ hằng quý gửi kết "
    "quả về đơn vị để tổng hợp, kịp thời phản ánh khó khăn, vướng mắc để cùng tháo gỡ."
)


def _whole(short: dict[str, Any]) -> dict[str, Any]:
    """A head of the shorter bank in the form of the others; see heads_of_wards.toml."""
    if "foot" in short:
        return short
    motto = ["ĐẢNG CỘNG SẢN VIỆT NAM"] if short.get("party") else _MOTTO
    signed = [line for text in short["sign"] for line in ([""] * 3 if not text else [text])]
    return {
        "right": [*motto, short.get("day", "")], "centred": len(short["title"]), **short,
        "title": [*short["title"], *short.get("body", ())],
        "foot": [short.get("other", _RECEIVERS), signed],
    }  # fmt: skip


def _blocks(head: dict[str, Any]) -> tuple[Block, ...]:
    blocks: list[Block] = [Paragraph(text, align=CENTRE, indent=False) for text in head.get("above", ())]
    left, right = ([ColumnLine(text, size=11.5) for text in head[side]] for side in ("left", "right"))
    if "middle" in head:
        for one, other in zip(left, head["middle"], strict=True):
            blocks.append(Columns((one,), (ColumnLine(other, size=11.5),), share=0.5))
        blocks += [Paragraph(line.text, align=CENTRE, indent=False) for line in right]
    elif left:
        blocks.append(Columns(tuple(left), tuple(right), head=True))
    else:
        blocks += [Paragraph(line.text, bold=True, align=CENTRE, indent=False) for line in right]
    centred = head.get("centred", 2)  # lines of the title and of the abstract
    for at, text in enumerate(head["title"]):
        side = CENTRE if at < centred else BOTH
        blocks.append(Paragraph(text, bold=at < centred, align=side, indent=at >= centred))
    blocks += [Paragraph(_BODY, align=BOTH)] * 3
    first, second = (
        [ColumnLine(text, size=12, align=LEFT if "nhận" in text else CENTRE) for text in column]
        for column in head["foot"]
    )
    blocks.append(Columns(tuple(first), tuple(second), share=0.5))
    blocks += [Paragraph(text, align=CENTRE, indent=False) for text in head.get("after", ())]
    if "copy" in head:
        sides = [tuple(ColumnLine(text, size=12, align=CENTRE) for text in side) for side in head["copy"]]
        blocks.append(Columns(*sides, share=0.45))
    return tuple(blocks)


def papers() -> Iterator[tuple[str, str, bytes, dict[str, object]]]:
    """Way, name, file and truth of each; those of others are scanned too."""
    for way, bank in _BANKS.items():
        for head in map(_whole, tomllib.loads(Path(__file__).with_name(bank).read_text("utf-8"))["heads"]):
            truth = {"ordinal": 1, **head["truth"]}
            sheets = typeset(_blocks(head))
            yield way, head["name"], write_pdf(sheets), truth
            if way == "heads-of-others":
                rng = random.Random(head["name"])
                shots = [laid(drawn(sheet), rng, 200) for sheet in sheets]
                yield f"{way}-scanned", head["name"], of_pictures(shots), truth
