"""What people copy from a paper into the search finds that paper."""

from __future__ import annotations

import pytest
from papers import doc, paths

from dossier.index import Index, new_index

BARE = {"number_symbol": "", "items": (), "parts": (), "signer": "", "dated": "", "issuing_body": ""}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, engine: str) -> Index:
    made = new_index(tmp_path_factory.mktemp("copied") / "i", engine)
    rollout = "Triển khai thực hiện Quyết định số 1074/QĐ-BXD ngày 29/6/2026 của Bộ Xây dựng"
    with made.writer() as writer:
        for name, fields in {
            "letter": {"type": "cong-van", "number_symbol": "7432/UBND-XD", "abstract": rollout},
            "decision": {"number_symbol": "1074/QĐ-BXD", "abstract": "Các giải pháp an toàn"},
            "order": {"type": "chi-thi", "abstract": "Bổ nhiệm vào ngạch và xếp lương thanh tra viên"},
            "law": {"type": "nghi-quyet", "number_symbol": "104/2025/UBTVQH15", "abstract": "Năm 2025"},
            "model": {"abstract": "Kiểm tra mẫu số 6 của tổ"},
        }.items():
            writer.replace(name, [doc(name, **BARE | {"body": str(fields["abstract"])} | fields)])
    return made


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("triển khai thực hiện Quyết định số 1074/QĐ-BXD ngày 29/6/2026 của Bộ Xây dựng", "letter"),
        ("quyết định số 1074/QĐ-BXD", "decision"),
        ("số 1074", "decision"),
        ("mẫu số 6", "model"),
        ("v/v bổ nhiệm vào ngạch", "order"),
        ("Chỉ thị về việc bổ nhiệm vào ngạch", "order"),
        ("BỔ NHIỆM VÀO NGẠCH VÀ XẾP LƯƠNG", "order"),
        ("CV triển khai thực hiện", "letter"),
        ("NQ số 104 năm 2025", "law"),
    ],
)
def test_copied_words_find(shelf: Index, query: str, first: str) -> None:
    assert paths(shelf, query)[:1] == [first]


def test_announcing_words_alone_are_searched(shelf: Index) -> None:
    assert paths(shelf, "về việc") == []


def test_a_field_of_numbers_leaves_out_those_who_only_cite_it(shelf: Index) -> None:
    assert paths(shelf, "số:1074") == ["decision"]
    assert sorted(paths(shelf, "số 1074")) == ["decision", "letter"]


def test_operator_in_capitals_joins_words_of_other_case(shelf: Index) -> None:
    assert sorted(paths(shelf, "ngạch HOẶC pháp")) == ["decision", "order"]
