"""What the live view of ``dossier watch`` shows, drawn at the widths of real terminals."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from dossier import i18n
from dossier.cli.watch import LiveView, sentence
from dossier.usecases.watch import News, WatchTotals

LONG = "mo-hinh/Tổ công nhân tự quản về an ninh trật tự/" + "Báo cáo kết quả hoạt động " * 4 + ".docx"
DOSSIER = "mo-hinh/Tổ công nhân tự quản về an ninh trật tự"


def drawn(*told: News, width: int = 80, totals: WatchTotals | None = None) -> list[str]:
    view = LiveView()
    for news in told:
        view.tell(news)
    console = Console(width=width, record=True, file=io.StringIO(), force_terminal=True)
    console.print(view.render(totals or WatchTotals(), 1.25))
    return [line.rstrip() for line in console.export_text().splitlines()]


def line_with(lines: list[str], what: str) -> str:
    return next(line for line in lines if what in line)


@pytest.mark.parametrize("width", [80, 120])
def test_item_is_shown_however_long_the_name(width: int) -> None:
    lines = drawn(News("read", LONG, parts=("10a",), dossier=DOSSIER), width=width)
    assert max(map(len, lines)) <= width
    row = line_with(lines, "Báo cáo kết quả")
    assert row.split()[1] == "10a"
    assert "Tổ công nhân" in row


def test_doubt_is_shown_as_doubt() -> None:
    news = News("read", "a/b.pdf", parts=("3", "13a"), review=True)
    assert "3, 13a?" in line_with(drawn(news), "b.pdf")
    assert "cần người xem" in sentence(news)


def test_file_that_could_not_be_read_is_shown() -> None:
    assert "chưa đọc" in line_with(drawn(News("unread", "a/hỏng.pdf", "tệp hỏng")), "hỏng.pdf")


def test_name_that_looks_like_markup_is_shown_as_it_is() -> None:
    assert line_with(drawn(News("read", "a/[bold]x[red].pdf", dossier="[b]")), "[bold]x[red].pdf")


def test_counts_queue_and_rate_are_shown() -> None:
    lines = drawn(totals=WatchTotals(read=7, placed_anew=2, gone=1, queue=3))
    assert "Hàng đợi 3 · đã đọc 7 · xếp lại 2 · không còn 1 · 1,2 tệp/giây" in lines


def test_way_of_watching_stays_in_sight_and_a_change_of_it_replaces_it() -> None:
    watching = News("watching", "/kho", "ổ đĩa của máy này", ("inotify",))
    many = [News("read", f"a/{number}.txt") for number in range(50)]
    assert "inotify" in drawn(watching, *many)[0]
    polling = drawn(watching, *many, News("polling", "/kho", "hết lượt"))
    assert "hết lượt" in polling[0]
    assert not any("inotify" in line for line in polling)


def test_only_the_last_things_are_kept() -> None:
    lines = drawn(*(News("read", f"a/tệp-{number:02}.txt") for number in range(50)))
    assert [f"tệp-{number:02}.txt" in " ".join(lines) for number in (37, 38, 49)] == [False, True, True]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ([News("caught-up")], "Danh mục đã khớp với kho."),
        ([News("caught-up"), News("read", "a/b.txt")], "Đang cập nhật …"),
        ([News("trouble", detail="Đĩa đầy. Dọn bớt.")], "Chưa làm được, sẽ thử lại: Đĩa đầy. Dọn bớt."),
        ([News("waiting", detail="nightly đang ghi")], "Đang đợi: nightly đang ghi"),
        ([News("waiting", detail="nightly"), News("caught-up")], "Danh mục đã khớp với kho."),
        ([News("stopped"), News("gone", count=1)], "Đã dừng; mọi thứ đã được ghi."),
    ],
)
def test_state_is_that_of_now(told: list[News], state: str) -> None:
    assert drawn(*told, width=120)[1].startswith(state)


def test_advice_in_trouble_is_never_cut() -> None:
    lines = drawn(News("trouble", detail="Không ghi được vào danh mục. " * 6 + "Dọn bớt đĩa rồi đợi."))
    assert "Dọn bớt đĩa rồi đợi." in " ".join(lines)


def test_gaps_are_those_of_now() -> None:
    lacks = News("dossier", "a", "Hồ sơ A", ("6c", "11"))
    assert "6c, 11" in line_with(drawn(lacks), "Hồ sơ A")
    assert "6c" not in line_with(drawn(lacks, News("dossier", "a", "Hồ sơ A", ("11",))), "Hồ sơ A")
    assert not any("Hồ sơ A" in line for line in drawn(lacks, News("dossier", "a", "Hồ sơ A", count=1)))


def test_dossier_without_missing_parts_but_with_errors_lacks_nothing() -> None:
    news = News("dossier", "a", "Hồ sơ A")
    assert "còn lỗi khác" in line_with(drawn(news), "Hồ sơ A")
    assert "còn thiếu" not in sentence(news)


def test_english() -> None:
    i18n.use("en")
    lines = drawn(
        News("read", "a/b.txt", parts=("2",)), News("dossier", "a", "A", ("11",)), News("caught-up")
    )
    assert {"Just now", "Missing"} <= set(lines)
    assert lines[1].startswith("The catalogue agrees with the archive.")


def test_a_secret_paper_stands_above_all_else_and_stays() -> None:
    many = [News("read", f"a/{number}.txt") for number in range(50)]
    lines = drawn(News("watching", "/kho", "x", ("y",)), News("secret", "a/mat.pdf"), *many)
    assert lines[0].startswith("✗ CÓ DẤU MẬT, HOẶC DẤU ĐỎ CHƯA ĐỌC ĐƯỢC: a/mat.pdf")


def test_a_secret_paper_rings_the_bell_once() -> None:
    out = io.StringIO()
    view = LiveView()
    with view.shown(Console(width=80, file=out, force_terminal=True), WatchTotals()):
        view.tell(News("secret", "a/mat.pdf"))
        view.tell(News("secret", "a/mat.pdf"))
    assert out.getvalue().count("\a") == 1
