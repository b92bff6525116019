"""What people read: red frames nobody read are no stamps, and codes of the machine are words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossier.compliance.versions import papers
from dossier.model import ILLEGIBLE_STAMP, Document
from dossier.usecases.closing import obstacles
from reports import acts, facts, seals
from reports.csv import harmless
from tests.reports.specimen import complete, document


def held_up_by(*documents: Document) -> list[tuple[str, str]]:
    report = replace(complete(), documents=documents, papers=papers(documents))
    return [(each.what, each.how) for each in obstacles(report)]


@pytest.mark.parametrize(
    ("stamp", "said"), [("mat", "có dấu chỉ độ mật"), (ILLEGIBLE_STAMP, "có khung dấu đỏ chưa đọc được")]
)
def test_red_frame_that_nobody_read_is_not_called_a_stamp(stamp: str, said: str) -> None:
    assert seals.why(stamp).startswith(said)
    sealed = replace(document("mo-hinh/Camera an ninh/a.pdf"), security=stamp)
    assert held_up_by(sealed)[0][0].startswith(f"a.pdf {said}")


def test_second_document_of_a_file_is_named_so_that_the_command_takes_it() -> None:
    second = replace(document("mo-hinh/Camera an ninh/a.pdf", "1", review=True), ordinal=2)
    assert ("a.pdf#2: chưa rõ thuộc mục nào.", 'Quyết định: dossier assign "a.pdf#2" MỤC') in held_up_by(
        second
    )


def test_setting_in_the_log_is_called_by_its_name() -> None:
    told = acts.particulars({"set": {"unit.signer": "Thiếu tá An", "people.root": "Lan"}})
    assert "người ký = Thiếu tá An" in told and "tên tôi = Lan" in told and "unit." not in told


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("2024", "năm 2024"),
        ("2024-H1", "6 tháng đầu năm 2024"),
        ("2024-H2", "6 tháng cuối năm 2024"),
        ("2024-Q3", "quý 3 năm 2024"),
    ],
)
def test_period_of_a_paper_is_told_in_words(label: str, said: str) -> None:
    header = replace(document("a.pdf").header, periods=(label,))
    assert ("Kỳ, năm", said) in facts.particulars(header)


def test_cell_of_a_table_gives_a_terminal_no_orders() -> None:
    assert harmless("a\x1b]0;x\x07\u202eb\nc\td").isprintable() is False  # lines and tabs stay
    assert not set("\x1b\x07\u202e") & set(harmless("a\x1b]0;x\x07\u202eb\nc\td"))
