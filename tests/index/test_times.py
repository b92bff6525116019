"""A time in words finds the papers of that time, and those that speak of it in another spelling."""

from __future__ import annotations

import pytest
from papers import doc, paths

from dossier.index import Index, new_index


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Index:
    made = new_index(tmp_path_factory.mktemp("times") / "i", engine)
    common = {"number_symbol": "", "items": (), "parts": (), "signer": ""}
    with made.writer() as writer:
        for name, fields in {
            "dated": {"dated": "2024-03-05", "abstract": "Thành lập tổ", "body": "Điều 1."},
            "headed": {"dated": "", "abstract": "Cử thành viên", "body": "ngày 05 tháng 03 năm 2024"},
            "quarter": {"dated": "2024-04-02", "abstract": "Báo cáo quý I năm 2024", "body": "Kết quả."},
            "other": {"dated": "2025-01-09", "abstract": "Báo cáo quý 4", "body": "năm 2025, quỹ tổ"},
            "scattered": {"dated": "", "abstract": "Điều 5", "body": "ngày 7, tháng 9; mẫu 3, năm 2024"},
        }.items():
            writer.replace(name, [doc(name, **common, **fields)])
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tháng 3 năm 2024", ["dated", "headed"]),
        ("thang 03 nam 2024", ["dated", "headed"]),
        ("ngày 5 tháng 3 năm 2024", ["dated", "headed"]),
        ("05/03/2024", ["dated", "headed"]),
        ("5.3.2024", ["dated", "headed"]),
        ("2024-03", ["dated", "headed"]),
        ("ngay 6 thang 3 nam 2024", []),
        ("thành viên tháng 3 năm 2024", ["headed"]),
        ("thang 3", ["headed", "scattered"]),
        ("tháng 14 năm 2024", []),
        ("quý 1", ["quarter"]),
        ("quý I năm 2024", ["quarter"]),
        ("quy 1/2024", ["quarter"]),
        ("báo cáo quý IV", ["other"]),
        ("quý 04 năm 2025", ["other"]),
        ("quý 5", []),
    ],
)
def test_time_in_words_finds(shelf: Index, query: str, found: list[str]) -> None:
    assert sorted(paths(shelf, query)) == found
