"""Search finds what people look for, however they type it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossier.index import Filters, Index, IndexedDocument, Sort, open_index


def doc(path: str = "mo-hinh/A/1.pdf", **fields: object) -> IndexedDocument:
    given_: dict[str, object] = {
        "path": path,
        "ordinal": 1,
        "dossier": "mo-hinh/A",
        "dossier_name": "Camera an ninh",
        "kind": "mo-hinh",
        "items": (6,),
        "parts": ("6a",),
        "type": "quyet-dinh",
        "number_symbol": "22/HD-BCA-V05",
        "date": date(2023, 3, 5),
        "issuing_body": "ỦY BAN NHÂN DÂN XÃ HÀM THẮNG",
        "signer": "Nguyễn Văn An",
        "abstract": "Về việc thành lập mô hình “Camera an ninh”",
        "name": path.rsplit("/", 1)[-1],
        "body": "Căn cứ đề nghị của Trưởng Công an xã. Điều 1. Thành lập mô hình gồm 12 thành viên hoà giải.",
    }
    return IndexedDocument(**(given_ | fields))  # type: ignore[arg-type]


OTHER = doc(
    "dien-hinh/B/2.docx",
    dossier="dien-hinh/B",
    dossier_name="Ông B",
    kind="dien-hinh",
    items=(3,),
    parts=("3",),
    type="ke-hoach",
    number_symbol="05-NQ/ĐU",
    date=date(2021, 1, 2),
    signer="Trần Thị Bình",
    issuing_body="ĐẢNG ỦY XÃ",
    abstract="Kế hoạch bồi dưỡng điển hình",
    body="Nội dung khác hẳn về kẻng an ninh.",
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    made = open_index(tmp_path_factory.mktemp("index") / "i")
    with made.writer() as writer:
        writer.replace("mo-hinh/A/1.pdf", [doc()])
        writer.replace("dien-hinh/B/2.docx", [OTHER])
    return made


def paths(index: Index, query: str, filters: Filters | None = None, **options: object) -> list[str]:
    return [hit.path for hit in index.search(query, filters or Filters(), **options).hits]  # type: ignore[arg-type]


A, B = "mo-hinh/A/1.pdf", "dien-hinh/B/2.docx"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("thành lập", [A]),
        ("thanh lap mo hinh", [A]),
        ("THÀNH LẬP", [A]),
        ("hòa giải", [A]),
        ("hoà giải", [A]),
        ("22/HD-BCA-V05", [A]),
        ("22 HD BCA", [A]),
        ("22/hd-bca-v05", [A]),
        ("so:22", [A]),
        ("5-NQ/ĐU", [B]),
        ('"kẻng an ninh"', [B]),
        ('"an ninh kẻng"', []),
        ("bồi*", [B]),
        ("camera OR kẻng", [A, B]),
        ("camera HOẶC kẻng", [A, B]),
        ("ninh -kẻng", [A]),
        ("ninh KHÔNG kẻng", [A]),
        ("loai:kh", [B]),
        ("nam:2021", [B]),
        ("ngay:2022-01..2023-06", [A]),
        ("muc:6", [A]),
        ("hoso:camera", [A]),
        ("coquan:đảng", [B]),
        ("nguoiky:binh", [B]),
        ("trichyeu:dien", [B]),
    ],
)
def test_query_finds(index: Index, query: str, found: list[str]) -> None:
    assert sorted(paths(index, query)) == sorted(found)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kind="mo-hinh"), [A]),
        (Filters(type="ke-hoach"), [B]),
        (Filters(item=6), [A]),
        (Filters(dossier="mo-hinh/A"), [A]),
        (Filters(dossier="camera an ninh"), [A]),
        (Filters(date_from=date(2022, 1, 1)), [A]),
        (Filters(date_to=date(2022, 1, 1)), [B]),
    ],
)
def test_filter_keeps(index: Index, filters: Filters, found: list[str]) -> None:
    assert paths(index, "ninh", filters) == found


def test_dates_sort_newest_first(index: Index) -> None:
    assert paths(index, "ninh", sort=Sort.DATE) == [A, B]


def test_numbers_sort_by_their_digits(index: Index) -> None:
    assert paths(index, "ninh", sort=Sort.NUMBER) == [B, A]


def test_exact_diacritics_rank_first(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    with made.writer() as writer:
        writer.replace("a", [doc("a", abstract="", body="bạn của tôi")])
        writer.replace("b", [doc("b", abstract="", body="bán của tôi")])
    assert paths(made, "bán của")[0] == "b"
    assert len(paths(made, "ban của")) == 2


def test_snippet_marks_accented_words_for_a_plain_query(index: Index) -> None:
    (hit,) = index.search("thanh vien").hits
    assert "<mark>thành viên</mark>" in hit.snippet


def test_markup_in_a_document_is_escaped(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="<script>alert(1)</script> thử & xem")])
    (hit,) = made.search("script").hits
    assert "<script>" not in hit.snippet
    assert "&lt;<mark>script</mark>&gt;" in hit.snippet


def test_replacing_a_file_drops_its_old_documents(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="cũ"), doc("a", ordinal=2)])
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="mới")])
    assert (made.count(), paths(made, "cũ"), paths(made, "mới")) == (1, [], ["a"])


def test_removed_file_is_not_found(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    with made.writer() as writer:
        writer.replace("a", [doc("a")])
    with made.writer() as writer:
        writer.remove("a")
    assert list(made.paths()) == []


def test_failed_writer_changes_nothing(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    with pytest.raises(RuntimeError), made.writer() as writer:
        writer.replace("a", [doc("a")])
        raise RuntimeError
    assert open_index(tmp_path / "i").count() == 0


def test_index_is_there_when_opened_again(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    assert made.empty_because
    with made.writer() as writer:
        writer.replace("a", [doc("a")])
    again = open_index(tmp_path / "i")
    assert (again.empty_because, again.count()) == ("", 1)


def test_damaged_index_is_made_anew_and_says_so(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    with made.writer() as writer:
        writer.replace("a", [doc("a")])
    (tmp_path / "i/meta.json").write_text("{")
    again = open_index(tmp_path / "i")
    assert again.empty_because
    assert again.count() == 0


def test_unused_segments_are_collected(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    for number in range(12):
        with made.writer() as writer:
            writer.replace("a", [doc("a", body=f"lần {number}")])
    segments = {file.name.split(".")[0] for file in (tmp_path / "i").iterdir() if len(file.stem) >= 32}
    assert len(segments) <= 3


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "*",
        '"',
        '"mở ngoặc',
        "a" * 10_000,
        "AND OR NOT",
        "((((",
        "khong_co_truong:x",
        "so:",
        "-",
        "-a",
        "\x00\x07",
        "ngay:hôm qua",
        "[TO]",
        "a:b:c",
        "(a+)+$",
        "x" * 300 + "*",
        "🙂",
        "\ud800",
    ],
)
def test_odd_query_gets_an_answer(index: Index, query: str) -> None:
    assert index.search(query).total >= 0


def test_unbalanced_quote_is_told(index: Index) -> None:
    found = index.search('"thanh lap')
    assert found.notes
    assert found.total == 1


@settings(deadline=None)
@given(st.text(max_size=60))
def test_search_never_raises(index: Index, query: str) -> None:
    index.search(query)


def test_killed_writer_leaves_the_last_commit_readable(tmp_path: Path) -> None:
    made = open_index(tmp_path / "i")
    with made.writer() as writer:
        writer.replace("a", [doc("a", body="bền vững")])
    script = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from test_index import doc; from dossier.index import open_index;"
        "index = open_index(Path(sys.argv[1]))\n"
        "with index.writer() as writer:\n"
        "    for n in range(500): writer.replace(f'x{n}', [doc(f'x{n}')])\n"
        "    print('ready', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "i"), str(Path(__file__).parent)],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == b"ready"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    time.sleep(0.1)
    again = open_index(tmp_path / "i")
    assert paths(again, "bền vững") == ["a"]
    with again.writer() as writer:
        writer.replace("b", [doc("b")])
    assert again.count() == 2
