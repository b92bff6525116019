"""Tables in documents: members, committees, ledgers, figures, criteria."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from dossier.demo.paper import Block, Grid, Paragraph
from dossier.demo.wording import made_up_person

_COMMITTEE = (
    "Trưởng ban",
    "Phó Trưởng ban Thường trực",
    "Phó Trưởng ban",
    "Ủy viên",
    "Ủy viên",
    "Ủy viên",
    "Ủy viên, thư ký",
)
_PUBLIC = (
    "Chủ tịch Ủy ban nhân dân",
    "Trưởng Công an",
    "Chủ tịch Ủy ban MTTQ Việt Nam",
    "Chỉ huy trưởng Quân sự",
    "Chủ tịch Hội Cựu chiến binh",
    "Bí thư Đoàn Thanh niên",
    "Công chức Văn phòng - Thống kê",
)
_POSTS = {
    "company": (
        "Giám đốc",
        "Phó Giám đốc",
        "Chủ tịch Công đoàn",
        "Trưởng phòng Hành chính - Nhân sự",
        "Đội trưởng Đội bảo vệ",
        "Bí thư Chi đoàn",
        "Cán bộ an toàn lao động",
    ),
    "school": (
        "Hiệu trưởng",
        "Phó Hiệu trưởng",
        "Chủ tịch Công đoàn",
        "Tổng phụ trách Đội",
        "Trưởng ban đại diện cha mẹ học sinh",
        "Bí thư Chi đoàn",
        "Nhân viên văn phòng",
    ),
}
_INCOME = ("Các hộ đóng góp đợt {n}", "Mạnh thường quân ủng hộ", "Doanh nghiệp hỗ trợ", "Ngân sách hỗ trợ")
_SPENDING = (
    "Mua đèn pin, áo phản quang",
    "Trả tiền điện, Internet",
    "Sửa chữa thiết bị",
    "Bồi dưỡng tuần tra đêm",
    "Nước uống hội nghị",
    "In tờ rơi, khẩu hiệu",
)
_CRITERIA = (
    "Chấp hành pháp luật, quy định nơi cư trú",
    "Cung cấp thông tin có giá trị",
    "Vận động quần chúng",
    "Tham gia tuần tra, hòa giải",
    "Sức lan tỏa trong cộng đồng",
)
_FIGURES = ("Trộm cắp tài sản", "Cố ý gây thương tích", "Gây rối trật tự công cộng", "Tin báo của quần chúng")


def table(
    name: str,
    names: Mapping[str, Sequence[str]],
    board: Sequence[tuple[str, str]],
    owner: str,
    hamlet: str,
    day: date,
    rng: random.Random,
) -> list[Block]:
    """Return the blocks of a table: ``people``, ``list``, ``ledger``, ``figures`` or ``points``.

    Raises :class:`ValueError` for another name.
    """
    match name:
        case "people":
            return [
                Paragraph(f"{number}. {call} {who}, {post} - {duty};")
                for number, ((call, who), post, duty) in enumerate(
                    zip(board, _POSTS.get(owner, _PUBLIC), _COMMITTEE, strict=True), 1
                )
            ]
        case "list":
            return [_members(names, hamlet, rng)]
        case "ledger":
            return [_ledger(day, rng)]
        case "figures":
            return [_figures(rng)]
        case "points":
            points = [
                (str(number), what, "20", str(rng.randint(14, 20)))
                for number, what in enumerate(_CRITERIA, 1)
            ]
            return [Grid((("TT", "Tiêu chí", "Điểm tối đa", "Điểm chấm"), *points), (0.08, 0.56, 0.18, 0.18))]
    raise ValueError(f"no such table: {name}")


def _members(names: Mapping[str, Sequence[str]], hamlet: str, rng: random.Random) -> Grid:
    rows = [("STT", "Họ và tên", "Năm sinh", "Nơi ở", "Ghi chú")]
    for number in range(1, rng.randint(12, 26)):
        note = "Tổ trưởng" if number == 1 else "Tổ phó" if number == 2 else ""
        rows.append((str(number), made_up_person(names, rng)[1], str(rng.randint(1958, 2002)), hamlet, note))
    return Grid(tuple(rows), (0.08, 0.36, 0.14, 0.26, 0.16))


def _ledger(day: date, rng: random.Random) -> Grid:
    rows = [("STT", "Ngày", "Nội dung", "Thu (đồng)", "Chi (đồng)", "Tồn (đồng)")]
    left, when = 0, day - timedelta(58)
    for number in range(1, rng.randint(10, 18)):
        income = number == 1 or (rng.random() < 0.35) or left < 900_000
        amount = rng.randint(4, 60 if income else 8) * 100_000
        left += amount if income else -amount
        what = rng.choice(_INCOME if income else _SPENDING).format(n=rng.randint(1, 3))
        rows.append(
            (
                str(number),
                f"{when:%d/%m/%Y}",
                what,
                _money(amount * income),
                _money(amount * (not income)),
                _money(left),
            )
        )
        when += timedelta(rng.randint(1, 3))
    return Grid(tuple(rows), (0.07, 0.15, 0.33, 0.15, 0.15, 0.15), size=11)


def _money(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") if amount else ""


def _figures(rng: random.Random) -> Grid:
    rows = [("TT", "Nội dung", "Trước", "Sau", "So sánh")]
    for number, what in enumerate(_FIGURES, 1):
        before = rng.randint(6, 24)
        after = rng.randint(1, before - 2) if number < 4 else before + rng.randint(4, 30)
        rows.append((str(number), what, f"{before:02d}", f"{after:02d}", f"{after - before:+d}"))
    return Grid(tuple(rows), (0.08, 0.44, 0.16, 0.16, 0.16))
