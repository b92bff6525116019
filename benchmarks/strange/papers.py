"""What stands on the papers, as the blocks that the sample archive's printers set."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dossier.demo.paper import BOTH, CENTRE, LEFT, Block, ColumnLine, Columns, Paragraph
from dossier.vietnamese import fold

_BODY = (
    "Căn cứ quy chế làm việc và yêu cầu thực tế của đơn vị trong thời gian qua,",
    "Xét đề nghị của bộ phận tham mưu và ý kiến thống nhất của tập thể tại cuộc họp gần nhất,",
    "Các bộ phận có liên quan chịu trách nhiệm tổ chức thực hiện nội dung nêu trên; định kỳ hằng quý gửi kết "
    "quả về đơn vị để tổng hợp, kịp thời phản ánh khó khăn, vướng mắc để cùng tháo gỡ.",
    "Trong quá trình thực hiện cần giữ mối liên hệ thường xuyên với nhân dân, cơ quan và nhà trường trên địa "
    "bàn; nơi nào làm tốt thì biểu dương, nơi nào còn hạn chế thì nhắc nhở, giúp đỡ.",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the bank; see papers.toml."""

    form: str
    superior: str
    issuer: tuple[str, ...]
    number: str
    date: str
    place: str
    type: str
    abstract: str
    title: tuple[str, ...]
    signer: str

    @property
    def letter(self) -> bool:
        return self.type == "CÔNG VĂN"

    @property
    def spoken_day(self) -> str:
        """``ngày 05 tháng 3 năm 2024``."""
        day = date.fromisoformat(self.date)
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return f"ngày {day.day:02d} tháng {month} năm {day.year}"

    @property
    def truth(self) -> dict[str, object]:
        """The fields as the program tells them."""
        return {
            "ordinal": 1,
            "number_symbol": self.number,
            "date": self.date,
            "type": fold(self.type).replace(" ", "-"),
            "abstract": self.abstract,
            "issuing_body": " ".join(self.issuer),
            "signer": self.signer,
        }

    def left(self) -> list[ColumnLine]:
        """The left column of the head."""
        lines = [ColumnLine(self.superior, size=11.5)] if self.superior else []
        last = self.issuer[-1]
        rule = 0.4 * (self.form != "party")
        lines += [ColumnLine(line, bold=True, size=11.5, rule=rule * (line is last)) for line in self.issuer]
        if self.form == "party":
            lines.append(ColumnLine("*", size=12))
        lines.append(ColumnLine(f"{'Số' if self.form == 'party' else 'Số:'} {self.number}", size=12.5))
        return lines + ([ColumnLine(self.abstract, size=11.5)] if self.letter else [])

    def right(self) -> list[ColumnLine]:
        """The right column: what all papers bear, place and day."""
        if self.form == "party":
            lines = [ColumnLine("ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, size=12.5, rule=0.7)]
        else:
            lines = [
                ColumnLine("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=11.5),
                ColumnLine("Độc lập - Tự do - Hạnh phúc", bold=True, size=12.5, rule=0.58),
            ]
        return [*lines, ColumnLine(f"{self.place}, {self.spoken_day}", italic=True, size=12.5)]

    def body(self) -> list[Paragraph]:
        """Title, abstract and text; a letter has the receivers instead."""
        if self.letter:
            above = [Paragraph("Kính gửi: Các đơn vị trực thuộc", align=CENTRE, after=12)]
        else:
            above = [
                Paragraph(self.type, bold=True, align=CENTRE, size=14, indent=False, after=0),
                Paragraph(self.abstract, bold=True, align=CENTRE, indent=False, after=12),
            ]
        return above + [Paragraph(line, align=BOTH) for line in _BODY]

    def foot(self) -> Columns:
        """Receivers on the left, signature on the right."""
        left = [ColumnLine("Nơi nhận:", bold=True, italic=True, size=12, align=LEFT)]
        left += [ColumnLine(text, size=11, align=LEFT) for text in ("- Như trên;", "- Lưu: VT.")]
        right = [ColumnLine(text, bold=True) for text in self.title]
        right += [*[ColumnLine("", size=16)] * 3, ColumnLine(self.signer, bold=True)]
        return Columns(tuple(left), tuple(right), share=0.48)

    def blocks(self) -> tuple[Block, ...]:
        """The whole paper."""
        return (Columns(tuple(self.left()), tuple(self.right()), head=True), *self.body(), self.foot())


def bank(name: str = "papers") -> list[Paper]:
    """All papers of a bank."""
    said = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))["papers"]
    return [
        Paper(**{key: tuple(value) if isinstance(value, list) else value for key, value in paper.items()})
        for paper in said
    ]
