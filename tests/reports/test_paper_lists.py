"""The lists of a hand-over, reopened."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import docx
import pytest
from python_calamine import CalamineWorkbook
from specimen import ESCAPE, complete, document, ended, finished, holding, incomplete, report

from dossier.errors import UsageError
from dossier.model import Document, Fact, FactSource, Office, Placement
from dossier.usecases import papers
from reports.papers import council, documents, inventory, lists

DAY = date(2026, 1, 1)


def tables(made: bytes) -> list[list[list[str]]]:
    return [[[c.text for c in row.cells] for row in t.rows] for t in docx.Document(io.BytesIO(made)).tables]


def sheet(made: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0).to_python()


def placed(path: str, number: str = "12/QĐ-UBND", **header: object) -> Document:
    """A document of item 1 with another number and whatever else its head says."""
    one = document(path, "1")
    changed = {"number_symbol": number, **header}
    return replace(one, sha256=path, header=replace(one.header, **changed))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "filed",
    [
        inventory.of(finished(), finished().dossiers),
        documents.of(complete(), Office(), DAY),
        inventory.of_kept_back(finished(ended(incomplete()))),
        council.of(finished()),
    ],
)
def test_lists_have_seven_columns_that_fill_the_page_between_its_margins(filed: lists.FiledList) -> None:
    assert len(filed.columns) == 7 and all(len(row) == 7 for row in filed.rows)
    assert sum(width for _name, width in filed.columns) == 247


def test_inventory_counts_dossiers_in_figures_and_in_words() -> None:
    two = finished(ended(complete()), ended(complete()))
    foot = inventory.of(two, two.dossiers).foot
    assert foot[0] == "Mục lục này gồm: 02 hồ sơ (đơn vị bảo quản)."
    assert foot[1] == "Viết bằng chữ: hai hồ sơ (đơn vị bảo quản)."


def test_only_dossiers_that_are_ready_are_handed_over_unless_somebody_chooses() -> None:
    handed = replace(ended(complete()), facts={"handed_over": Fact(date(2026, 1, 5), FactSource.DECLARED)})
    running = replace(complete(), path="mo-hinh/B")
    found = finished(running, handed, ended(complete()))
    assert [d.path for d in papers.handed_over(found)] == [complete().path]
    assert papers.handed_over(found, (running.path,)) == (running,)


def test_what_ended_but_lacks_something_or_is_held_is_listed_apart_with_the_reason() -> None:
    held = ended(complete())
    held = replace(held, retention=replace(held.retention, hold="đang thanh tra"))
    filed = inventory.of_kept_back(finished(ended(incomplete()), held, ended(complete())))
    assert [row[5] for row in filed.rows] == ["Chưa đầy đủ", "Đang tạm giữ: đang thanh tra"]


def test_a_dossier_has_its_full_title_symbol_days_and_sheets() -> None:
    facts = {**complete().facts, "symbol": Fact("01.MH", FactSource.PERSON)}
    one = replace(ended(complete()), facts=facts)
    row = inventory.of(finished(one), (one,)).rows[0]
    title = "Hồ sơ mô hình “Camera an ninh” của UBND xã Hàm Thắng, 2023"
    assert row[:6] == (1, "01.MH", title, "05/03/2023", "Vĩnh viễn", 2)


def test_a_period_that_nobody_verified_bears_a_star_and_the_foot_says_why() -> None:
    kept = replace(ended(complete()).retention, verified=False)
    one = replace(complete(), retention=kept)
    filed = inventory.of(finished(one), (one,))
    assert filed.rows[0][4] == "Vĩnh viễn (*)" and "chưa đối chiếu" in filed.foot[-1]


def test_the_same_paper_in_several_files_is_listed_once() -> None:
    three = (placed("a.docx"), placed("b.pdf"), placed("c.pdf", date=None, draft=True))
    assert len(documents.of(holding(complete(), *three), Office(), DAY).rows) == 1


def test_a_decision_and_its_regulation_are_one_entry() -> None:
    regulation = placed("quy che.pdf", type="quy-che", abstract="Hoạt động của Ban Chỉ đạo")
    filed = documents.of(holding(complete(), placed("qd.pdf"), regulation), Office(), DAY)
    assert [row[3] for row in filed.rows] == [
        "Quyết định về việc thành lập mô hình Camera an ninh (kèm theo: Quy chế hoạt động của Ban Chỉ đạo)"
    ]
    assert filed.rows[0][5] == "1–4"


def test_a_paper_that_belongs_to_no_item_stays_out() -> None:
    stray = replace(placed("nâng lương.pdf", "55/QĐ-UBND"), placements=())
    filed = documents.of(holding(complete(), placed("a.pdf"), stray), Office(), DAY)
    assert [row[1] for row in filed.rows] == ["12/QĐ-UBND"]


def test_documents_stand_in_the_order_of_their_dates_undated_last_with_running_sheets() -> None:
    papers_ = (
        placed("b.pdf", "13/QĐ-UBND", date=None),
        placed("a.pdf"),
        placed("z.pdf", "11/QĐ-UBND", date=date(2020, 1, 1)),
    )
    filed = documents.of(holding(complete(), *papers_), Office(), DAY)
    assert [row[2] for row in filed.rows] == ["01/01/2020", "05/03/2023", ""]
    assert [row[5] for row in filed.rows] == ["1–2", "3–4", "5–6"]


def test_sheets_stop_where_nobody_knows_the_pages_of_a_paper() -> None:
    word = replace(placed("a.docx", "10/QĐ-UBND", date=date(2021, 1, 1)), format="docx")
    papers_ = (placed("a.pdf", "9/QĐ-UBND", date=date(2020, 1, 1)), word, placed("b.pdf"))
    filed = documents.of(holding(complete(), *papers_), Office(), DAY)
    assert [row[5] for row in filed.rows] == ["1–2", "", ""]
    assert "trang" not in filed.foot[0]
    known = documents.of(holding(complete(), *papers_), Office(), DAY, {word.id: 3})
    assert [row[5] for row in known.rows] == ["1–2", "3–5", "6–7"]


def test_authors_are_written_in_sentence_case_and_never_from_a_doubtful_reading() -> None:
    doubtful = replace(placed("b.pdf", "13/QĐ-UBND", issuing_body="Số: .Y Ø/6Đ"), review=True)
    shouted = placed("a.pdf", issuing_body="CÔNG AN PHƯỜNG MŨI NÉ")
    filed = documents.of(holding(complete(), shouted, doubtful), Office(), DAY)
    assert [row[4] for row in filed.rows] == ["Công an phường Mũi Né", ""]


def test_an_unread_file_is_listed_and_evidence_is_told_from_what_must_still_be_read() -> None:
    one = incomplete()
    evidence = replace(one.unread[0], path="p.jpg", placements=(Placement(11, "11", 1.0),))
    filed = documents.of(replace(one, unread=(*one.unread, evidence)), Office(), DAY)
    assert [row[6] for row in filed.rows[-2:]] == ["Chưa đọc được", "Tài liệu không có chữ"]


def test_a_council_is_asked_only_about_what_may_be_put_before_it() -> None:
    with pytest.raises(UsageError, match="Hội đồng"):
        papers.council(finished(), "docx")
    over = replace(complete(), retention=replace(complete().retention, review=True, expires=DAY))
    assert "Vĩnh viễn" in str(council.of(finished(over)).rows[0])


def test_word_file_holds_columns_their_numbers_and_rows() -> None:
    made = tables(lists.docx(inventory.of(finished(), finished().dossiers)))
    assert made[1][0][3] == "Thời gian tài liệu" and made[1][1][6] == "(7)" and len(made[1]) == 3


def test_a_list_of_nothing_says_so() -> None:
    made = tables(lists.docx(inventory.of_kept_back(finished())))
    assert "(Không có)" in made[1][2]


def test_excel_file_holds_the_same_rows_with_numbers_as_numbers() -> None:
    filed = inventory.of(finished(), finished().dossiers)
    rows = sheet(lists.xlsx(filed))
    at = rows.index([name for name, _mm in filed.columns])
    assert rows[at + 1][0] == 1.0 and rows[at + 1][5] == 2.0
    assert any("Viết bằng chữ: một" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("make", [lists.docx, lists.xlsx])
def test_absurd_names_break_no_list(make) -> None:  # type: ignore[no-untyped-def]
    odd = replace(incomplete(), name=f"\x00{ESCAPE}<&>=1+1", unit="\x07")
    assert make(inventory.of(report(odd), (odd,))) == make(inventory.of(report(odd), (odd,)))
    assert make(documents.of(odd, Office(name="\x00"), DAY))


@pytest.mark.parametrize("format_", ["", "odt", "html"])
def test_another_format_is_refused_by_name(format_: str) -> None:
    with pytest.raises(UsageError, match=r"\.docx"):
        papers.inventory(finished(), format_)


def test_rows_of_a_workbook_are_as_high_as_their_texts() -> None:
    rows = ((1, "chữ " * 60), (2, "ngắn"))
    filed = lists.FiledList(("DANH SÁCH",), (("STT", 12), ("Tên", 60)), rows, (), Office(), date(2026, 1, 1))
    with zipfile.ZipFile(io.BytesIO(lists.xlsx(filed))) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    heights = [float(height) for height in re.findall(r'<row r="[45]"[^>]* ht="([\d.]+)"', xml)]
    assert heights[0] > 5 * heights[1]
