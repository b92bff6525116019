"""What a newcomer is asked and told: at init, by a report without a suffix, by the log, by one document."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossier.archive import open_archive
from dossier.cli import create, root
from dossier.usecases.scan import scan

FOUNDING = "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nSố: 12/QĐ-UBND\nHàm Thắng, ngày 05 tháng 3 năm 2023\nQUYẾT ĐỊNH\n"
FOUNDING += "Về việc thành lập mô hình Camera an ninh\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n"


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    kho = tmp_path_factory.mktemp("once") / "kho"
    (kho / "mo-hinh/Camera").mkdir(parents=True)
    (kho / "mo-hinh/Camera/qd.txt").write_text(FOUNDING, "utf-8")
    scan(open_archive(kho), workers=1)
    return kho


@pytest.fixture
def kho(scanned_once: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned_once, tmp_path / "kho")


def run(kho: Path, *words: str, typed: str = "", fails: bool = False) -> str:
    done = CliRunner().invoke(root, [*words], input=typed, env={"COLUMNS": "120"})
    assert bool(done.exit_code in (2, 4) or isinstance(done.exception, Exception)) == fails, done.output
    return done.output + (str(done.exception) if fails and done.exception else "")


def test_init_asks_where_who_leads_and_by_which_years(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(create, "at_a_screen", lambda: True)
    monkeypatch.setattr("dossier.mounts.shares", lambda: [str(tmp_path / "ổ mạng")])
    (tmp_path / "ổ mạng").mkdir()
    answers = [
        "1",
        "CÔNG AN TỈNH",
        "TRƯỜNG THCS A",
        "",
        "A",
        "",
        "",
        "",
        "trường học",
        "năm trăng",
        "năm học",
        "An",
    ]
    said = run(tmp_path, "init", typed="\n".join(answers) + "\n")
    assert "năm học" in said and "Viết năm học hoặc năm dương lịch." in said
    made = open_archive(tmp_path / "ổ mạng").config
    assert (made.unit.name, made.dossiers.led_by, made.dossiers.year) == ("TRƯỜNG THCS A", "other", "school")


def test_report_without_a_suffix_is_refused_with_an_example(kho: Path, tmp_path: Path) -> None:
    said = run(kho, "report", str(kho), "-o", str(tmp_path / "bao-cao"), fails=True)
    assert "chưa có đuôi" in said and not (tmp_path / "bao-cao").exists()


def test_report_onto_a_folder_is_refused_as_one(kho: Path, tmp_path: Path) -> None:
    said = run(kho, "report", str(kho), "-o", str(tmp_path), fails=True)
    assert said == f"“{tmp_path}” là một thư mục."


def test_inventory_without_a_file_says_what_to_add(kho: Path) -> None:
    assert "ghi vào tệp nào" in run(kho, "inventory", str(kho), fails=True)


def test_log_is_in_words(kho: Path) -> None:
    run(kho, "set", "camera", "quỹ=có", "--archive", str(kho))
    run(kho, "undo", str(kho))
    said = run(kho, "audit", "list", str(kho))
    assert "ghi nhận về hồ sơ" in said and "bỏ việc vừa quyết định" in said
    for word in ("cli", "said=", "of=", "details"):
        assert word not in said


def test_document_names_its_place_body_and_post_in_words(kho: Path) -> None:
    said = run(kho, "show", "qd.txt", "--archive", str(kho))
    assert "mục 6a (quyết định thành lập mô hình)" in said
    assert "TM. Ủy ban nhân dân" in said and "Ủy ban nhân dân xã Hàm Thắng" in said


def test_period_of_another_circular_is_not_credited_to_the_one_in_force(kho: Path) -> None:
    said = " ".join(run(kho, "show", "camera", "--archive", str(kho)).split())
    assert "tham khảo theo Thông tư 09/2011/TT-BNV; chưa đối chiếu với" in said
    table = run(kho, "retention", str(kho))
    for slug in ("tt-55-2025", "luat-luu-tru-2024", "tt-08-2020", " ? "):
        assert slug not in table


def test_schedule_shows_no_ids(kho: Path) -> None:
    said = run(kho, "retention", "--show", str(kho))
    for slug in ("nd-30", "founding", "fallback", "tt-08-2020", "commend"):
        assert slug not in said


def test_table_of_decisions_names_kinds_in_words_and_takes_them_back(kho: Path, tmp_path: Path) -> None:
    table = tmp_path / "bang.csv"
    run(kho, "assign", "qd.txt", "6a", "--archive", str(kho))
    run(kho, "decisions", "export", str(table), "--archive", str(kho))
    said = table.read_text("utf-8-sig")
    assert "mo-hinh," not in said and ",mô hình," in said
    run(kho, "undo", str(kho))
    assert "Đã nhập 1" in run(kho, "decisions", "import", str(table), "--archive", str(kho))


def test_papers_are_vietnamese_whatever_the_screen_speaks(kho: Path, tmp_path: Path) -> None:
    import docx

    def text(file: Path) -> str:
        paper = docx.Document(str(file))
        cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
        return "\n".join([*(p.text for p in paper.paragraphs), *cells])

    run(kho, "--lang", "en", "report", str(kho), "-o", str(tmp_path / "bc.docx"))
    run(kho, "--lang", "en", "letter", "lacking", str(kho), "-o", str(tmp_path / "cv"))
    papers = [tmp_path / "bc.docx", *(tmp_path / "cv").glob("*.docx")]
    assert len(papers) == 2
    for paper in papers:
        said = text(paper)
        assert "kế hoạch khảo sát" in said.lower()
        assert not re.search(r"Survey|plan of|missing|dossier", said)


def test_restored_backup_and_undone_adoption_are_told_in_words_and_days(kho: Path, tmp_path: Path) -> None:
    run(kho, "backup", str(tmp_path / "b.zip"), "--archive", str(kho))
    told = run(kho, "restore", str(tmp_path / "b.zip"), "--archive", str(kho), "--force")
    assert re.search(r"từ bản sao lưu lúc \d\d:\d\d \d\d/\d\d/\d{4}\.", told)
    (kho / "khác").mkdir()
    (kho / "khác/a.txt").write_text("Một tờ giấy.", "utf-8")
    run(kho, "scan", str(kho))
    run(kho, "adopt", "khác", "--none", "--archive", str(kho))
    assert "không nhận là hồ sơ: “khác”" in run(kho, "undo", str(kho), "--list")


def test_password_is_not_asked_for_without_a_screen(kho: Path) -> None:
    told = run(kho, "account", "add", "qt", "--role", "admin", "--archive", str(kho), fails=True)
    assert "--password-stdin" in told
    assert "Warning" not in told
