"""The command line as a person or a program meets it: real processes, real exit codes."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dossier import cli
from tests import commands

HEAD = "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
FOUNDING = (
    HEAD + "Số: 12/QĐ-UBND\nHàm Thắng, ngày 05 tháng 3 năm 2023\nQUYẾT ĐỊNH\n"
    "Về việc thành lập mô hình “Camera an ninh”\nĐiều 1. Thành lập mô hình.\nCHỦ TỊCH\nNguyễn Văn An\n"
)


def dossier(
    *arguments: str | Path, cwd: Path | None = None, lang: str = "vi"
) -> subprocess.CompletedProcess[str]:
    return commands.dossier(*arguments, cwd=cwd, DOSSIER_LANG=lang)


def written(folder: Path) -> Path:
    """An archive of one dossier with a paper and a damaged file."""
    file = folder / "kho/mo-hinh/A/quyet dinh.txt"
    file.parent.mkdir(parents=True)
    file.write_text(FOUNDING, "utf-8")
    (file.parent / "hong.pdf").write_bytes(b"%PDF-1.4 x")
    return folder / "kho"


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    return written(tmp_path)


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = written(tmp_path_factory.mktemp("scanned"))
    assert dossier("scan", root, "--workers", "1", "--today", "2023-04-01").returncode == 3
    return root


@pytest.fixture
def scanned(scanned_once: Path, tmp_path: Path) -> Path:
    """A copy of the scanned archive, for a test to change."""
    return shutil.copytree(scanned_once, tmp_path / "kho")


def test_help_is_vietnamese_and_names_every_command() -> None:
    done = dossier("--help")
    assert done.returncode == 0
    assert "Cách dùng:" in done.stdout
    for (
        command
    ) in "demo init new scan report show explain review assign decisions waive search doctor".split():  # noqa: SIM905
        assert f"  {command} " in done.stdout


def test_help_in_english() -> None:
    assert "Usage:" in dossier("--lang", "en", "scan", "--help").stdout
    assert "Usage:" in dossier("scan", "--help", lang="en").stdout


@pytest.mark.parametrize(
    "command", "demo init new scan report show explain review assign waive search doctor".split()  # noqa: SIM905
)  # fmt: skip
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_command_has_help(command: str, lang: str) -> None:
    done = dossier(command, "--help", lang=lang)
    assert (done.returncode, done.stderr) == (0, "")
    assert "--lang" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scna"], "scan"),
        (["scan", "--nope"], "--nope"),
        (["scan", "--today", "hôm nay"], "hôm nay"),
        (["show"], "SỐ|TÊN"),
        (["explain", "MH-99"], "MH-"),
        (["new", "gi-do", "Tên"], "mô hình"),
        (["report", "--format", "pptx", "-o", "x.pptx"], "html"),
    ],
)
def test_wrong_usage_is_told_with_code_two(scanned: Path, arguments: list[str], said: str) -> None:
    done = dossier(*arguments, cwd=scanned)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["report"], ["show", "x"], ["search", "x"], ["assign", "x", "6a"]])
def test_archive_that_was_never_scanned_is_told(tmp_path: Path, arguments: list[str]) -> None:
    done = dossier(*arguments, cwd=tmp_path)
    assert done.returncode == 4
    assert "dossier scan" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_is_told(tmp_path: Path) -> None:
    done = dossier("scan", tmp_path / "khong-co")
    assert done.returncode == 4
    assert "khong-co" in done.stderr


def test_broken_configuration_is_told_with_its_line(kho: Path) -> None:
    (kho / "dossier.toml").write_text("[scan]\nworkers = [\n", "utf-8")
    done = dossier("scan", kho)
    assert done.returncode == 2
    assert "dossier.toml" in done.stderr


def test_scan_gives_json_on_stdout_alone(kho: Path) -> None:
    done = dossier("scan", kho, "--workers", "1", "--today", "2023-04-01", "--json", "-")
    result = json.loads(done.stdout)
    assert done.returncode == 3
    assert result["schema"] == 1
    assert result["today"] == "2023-04-01"
    assert result["summary"]["files"] == 2
    (document,) = result["documents"]
    assert document["path"] == "mo-hinh/A/quyet dinh.txt"
    assert document["placements"][0]["part"] == "6a"
    assert [u["reason"] for u in result["unread"]] == ["corrupt"]


def test_scan_writes_json_to_a_file(kho: Path, tmp_path: Path) -> None:
    out = tmp_path / "kq.json"
    done = dossier("scan", kho, "--workers", "1", "--json", out)
    assert json.loads(out.read_text("utf-8"))["schema"] == 1
    assert "Camera" not in done.stderr
    assert done.stdout


def test_scan_without_an_archive_takes_the_folder_one_stands_in(kho: Path) -> None:
    assert dossier("scan", "--workers", "1", cwd=kho / "mo-hinh").returncode == 3
    assert (kho / "mo-hinh/.dossier").is_dir()


def test_scan_without_an_archive_finds_the_one_around(kho: Path) -> None:
    (kho / "dossier.toml").write_text("")
    assert dossier("scan", "--workers", "1", cwd=kho / "mo-hinh/A").returncode == 3
    assert (kho / ".dossier").is_dir()


def test_archive_without_any_dossier_is_not_complete(tmp_path: Path) -> None:
    (tmp_path / "roi").mkdir()
    done = dossier("scan", tmp_path)
    assert done.returncode == 1
    assert "chưa có hồ sơ nào" in done.stdout


def test_show_file(scanned: Path) -> None:
    done = dossier("show", "mo-hinh/A/quyet dinh.txt", cwd=scanned)
    assert done.returncode == 0
    assert "12/QĐ-UBND" in done.stdout
    assert "6a" in done.stdout
    assert "thành lập mô hình" in done.stdout


def test_show_dossier(scanned: Path) -> None:
    done = dossier("show", scanned / "mo-hinh/A")
    assert "6b" in done.stdout
    assert "MH-01" in done.stdout


@pytest.mark.parametrize("folder", [".", "mo-hinh"])
def test_show_folder_of_dossiers_shows_those_below_it(scanned: Path, folder: str) -> None:
    done = dossier("show", folder, cwd=scanned)
    assert done.returncode == 0
    assert "mo-hinh/A" in done.stdout


def test_show_unread_file_says_why(scanned: Path) -> None:
    done = dossier("show", scanned / "mo-hinh/A/hong.pdf")
    assert done.returncode == 0
    assert "chưa đọc được" in done.stdout


def test_show_json(scanned: Path) -> None:
    shown = json.loads(dossier("show", "mo-hinh/A/quyet dinh.txt", "--json", cwd=scanned).stdout)
    assert shown[0]["number_symbol"] == "12/QĐ-UBND"


def test_show_unknown_path(scanned: Path) -> None:
    done = dossier("show", "mo-hinh/A/khong co.txt", cwd=scanned)
    assert done.returncode == 2
    assert "khong co.txt" in done.stderr


def test_explain_in_both_languages() -> None:
    assert "Ban Chỉ đạo" in dossier("explain", "MH-06").stdout
    assert "steering" in dossier("explain", "mh-06", lang="en").stdout.lower()


def test_search_with_and_without_diacritics(scanned: Path) -> None:
    for query in ("thanh lap mo hinh", "thành lập mô hình", "12/QĐ-UBND"):
        assert "12/QĐ-UBND" in dossier("search", query, cwd=scanned).stdout


def test_piped_search_tells_every_path_whole_on_its_line(kho: Path) -> None:
    name = "mo-hinh/A/" + "quyết định về việc thành lập mô hình rất dài " * 4 + ".txt"
    (kho / "mo-hinh/A/quyet dinh.txt").rename(kho / name)
    dossier("scan", kho)
    lines = dossier("search", "thanh lap", cwd=kho).stdout.splitlines()
    assert f"     {name}" in lines


def test_search_json_follows_the_contract(scanned: Path) -> None:
    found = json.loads(dossier("search", "camera", "--json", cwd=scanned).stdout)
    assert set(found) >= {"query", "total", "took_ms", "hits"}
    assert set(found["hits"][0]) >= {
        "path", "ordinal", "score", "number_symbol", "date", "type", "item", "dossier", "snippet",
    }  # fmt: skip
    assert "<mark>Camera</mark>" in found["hits"][0]["snippet"]


def test_search_that_finds_nothing_says_so(scanned: Path) -> None:
    done = dossier("search", "khongcogi", cwd=scanned)
    assert done.returncode == 0
    assert "Không tìm thấy" in done.stderr


@pytest.mark.slow  # several processes
def test_person_decides_and_takes_it_back(scanned: Path) -> None:
    file = "mo-hinh/A/quyet dinh.txt"
    assert dossier("assign", file, "14", cwd=scanned).returncode == 0
    dossier("scan", "--full", "--workers", "1", cwd=scanned)
    shown = json.loads(dossier("show", file, "--json", cwd=scanned).stdout)
    assert [(p["part"], p["source"]) for p in shown[0]["placements"]] == [("14", "person")]
    assert dossier("assign", file, "--reset", cwd=scanned).returncode == 0
    shown = json.loads(dossier("show", file, "--json", cwd=scanned).stdout)
    assert [(p["part"], p["source"]) for p in shown[0]["placements"]] == [("6a", "rules")]


def test_rows_shown_last_are_placed_together(scanned: Path) -> None:
    (scanned / "mo-hinh/A/ban hai.txt").write_text(FOUNDING.replace("mô hình", "mô hình tự quản"), "utf-8")
    dossier("scan", "--workers", "1", cwd=scanned)
    shown = json.loads(dossier("search", "mô hình", "--json", cwd=scanned).stdout)["hits"]
    paths = [hit["path"] for hit in shown]
    assert len(paths) > 1
    placed = json.loads(dossier("assign", f"1,2-{len(paths)}", "14", "--json", cwd=scanned).stdout)
    assert [(each["path"], each["placements"][0]["part"]) for each in placed] == [(p, "14") for p in paths]
    backwards = json.loads(dossier("assign", f"{len(paths)}-1", "14", "--json", cwd=scanned).stdout)
    assert backwards == placed
    assert dossier("assign", f"1-{len(paths) + 1}", "11", cwd=scanned).returncode == 2
    shown = json.loads(dossier("show", paths[0], "--json", cwd=scanned).stdout)
    assert shown[0]["placements"][0]["part"] == "14"


def test_file_called_like_rows_is_the_one_that_is_meant(scanned: Path) -> None:
    (scanned / "mo-hinh/A/quyet dinh.txt").rename(scanned / "mo-hinh/A/1-2.txt")
    dossier("scan", "--workers", "1", cwd=scanned)
    placed = json.loads(dossier("assign", "1-2", "14", "--json", cwd=scanned).stdout)
    assert [each["path"] for each in placed] == ["mo-hinh/A/1-2.txt"]


def test_waived_finding_is_shown_as_such(scanned: Path) -> None:
    done = dossier("waive", "mo-hinh/A", "MH-01", "--reason", "mất do bão", cwd=scanned)
    assert done.returncode == 0
    assert "mất do bão" in dossier("show", "mo-hinh/A", cwd=scanned).stdout


@pytest.mark.slow  # several processes
def test_init_and_new_make_an_archive_and_never_overwrite(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    assert dossier("init", root).returncode == 0
    assert dossier("new", "mo-hinh", "Camera an ninh", cwd=root).returncode == 0
    made = next(root.rglob("hoso.toml"))
    assert len([p for p in made.parent.iterdir() if p.is_dir()]) == 16
    again = dossier("new", "mo-hinh", "Camera an ninh", cwd=root)
    assert again.returncode == 2
    done = dossier("scan", root, "--json", "-")
    assert json.loads(done.stdout)["dossiers"][0]["name"] == "Camera an ninh"


def test_report_is_never_written_into_a_dossier(scanned: Path) -> None:
    done = dossier("report", "-o", "mo-hinh/A/bao cao.html", cwd=scanned)
    assert done.returncode == 2
    assert not (scanned / "mo-hinh/A/bao cao.html").exists()


@pytest.mark.parametrize("format_", ["html", "json", "csv", "txt", "xlsx", "docx"])
def test_report_in_every_format(scanned: Path, tmp_path: Path, format_: str) -> None:
    out = tmp_path / f"bao-cao.{format_}"
    done = dossier("report", scanned, "--format", format_, "-o", out)
    assert done.returncode == 3, done.stderr
    assert out.stat().st_size > 300


@pytest.mark.slow  # every program is tried
def test_doctor_tells_what_is_there(scanned: Path) -> None:
    done = dossier("doctor", scanned)
    assert done.returncode == 0
    assert "Tesseract" in done.stdout
    checks = json.loads(dossier("doctor", scanned, "--json").stdout)
    assert {"name", "health", "found", "cost", "mend"} == set(checks[0])


@pytest.mark.slow  # every program is tried
def test_doctor_without_tesseract_gives_the_command(scanned: Path) -> None:
    (scanned / "dossier.toml").write_text('[scan]\nocr_engine = "tesseract"\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "dossier", "doctor", str(scanned)],
        capture_output=True, text=True, env={**os.environ, "PATH": "/nonexistent"},
    )  # fmt: skip
    # In one piece, however the table breaks its lines.
    assert "apt-get install tesseract-ocr tesseract-ocr-vie" in " ".join(done.stdout.split())


def test_output_that_nobody_reads_on_is_no_error(scanned: Path) -> None:
    done = subprocess.run(
        f'"{sys.executable}" -m dossier report "{scanned}" --format json | head -c 10',
        shell=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_interrupt_ends_with_its_own_code(tmp_path: Path) -> None:
    import signal
    import time

    for number in range(1500):
        file = tmp_path / f"mo-hinh/A/{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FOUNDING + str(number) * 3000, "utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "dossier", "scan", str(tmp_path), "--workers", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        # A shell's background job ignores the signal, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    while not (tmp_path / ".dossier/catalogue.sqlite").exists():
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _out, err = running.communicate(timeout=60)
    # Python itself may end by the signal after all is said, which a shell shows as 130 too.
    assert running.returncode in (130, -signal.SIGINT)
    assert "Traceback" not in err


@pytest.mark.slow  # a whole sample archive is made and read
def test_demo_shows_report_search_and_where_everything_is(tmp_path: Path) -> None:
    done = dossier("demo", tmp_path / "mau", "--dossiers", "2", "--no-scans", "--today", "2026-11-24")
    assert done.returncode == 0, done.stderr
    assert "thiếu: " in done.stdout
    assert "quyết định" in done.stdout.lower()
    assert (tmp_path / "mau/.dossier/report.html").exists()
    again = dossier("demo", tmp_path / "mau")
    assert "0 đọc mới" in again.stderr


def test_report_and_assign_answer_machines_too(scanned: Path) -> None:
    assert json.loads(dossier("report", scanned, "--json").stdout)["schema"] == 1
    placed = json.loads(dossier("assign", "mo-hinh/A/quyet dinh.txt", "14", "--json", cwd=scanned).stdout)
    assert placed[0]["placements"][0]["part"] == "14"


@pytest.mark.parametrize("command", [["waive"], ["inventory"], ["search"], ["baseline", "create"], []])
def test_help_in_vietnamese_leaves_no_english_of_click(command: list[str]) -> None:
    said = dossier(*command, "--help").stdout
    assert not re.search(r"OPTIONS|COMMAND|ARGS|TEXT|INTEGER|\bDATE\b|required", said)


def test_fault_of_the_program_never_looks_like_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fault(**_named: object) -> None:
        raise KeyError("x")

    monkeypatch.setattr(cli.root, "main", fault)
    with pytest.raises(SystemExit) as ended:
        cli.main(["doctor"])
    assert ended.value.code == 4
    assert "Lỗi của chương trình: KeyError" in capsys.readouterr().err


def test_path_that_may_not_be_looked_at_is_no_fault_of_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(**_named: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", "/nơi khác/báo cáo.html")

    monkeypatch.setattr(cli.root, "main", refused)
    with pytest.raises(SystemExit) as ended:
        cli.main(["doctor"])
    told = capsys.readouterr().err
    assert ended.value.code == 4
    assert "Không vào được /nơi khác/báo cáo.html: không có quyền." in told and "Traceback" not in told


def test_commands_that_make_something_tell_programs_what(tmp_path: Path) -> None:
    kho = tmp_path / "kho"
    made = json.loads(dossier("init", kho, "--json").stdout)
    assert Path(made["archive"]) == kho
    made = json.loads(dossier("new", "mo-hinh", "Camera", "--archive", kho, "--json").stdout)
    assert Path(made["dossier"]).is_dir() and (made["kind"], made["name"]) == ("mo-hinh", "Camera")


@pytest.mark.slow  # several processes
def test_commands_about_an_archive_tell_programs_what_they_did(scanned: Path) -> None:
    held = json.loads(dossier("baseline", "create", scanned, "--json").stdout)["held"]
    assert held > 0
    assert json.loads(dossier("baseline", "remove", scanned, "--json").stdout) == {"removed": held}
    out = scanned.parent / "muc luc.xlsx"
    told = json.loads(dossier("inventory", scanned, "--choose", "A", "-o", out, "--json").stdout)
    assert (Path(told["written"]), told["dossiers"]) == (out, ["mo-hinh/A"])
    assert dossier("search", "camera", "--archive", scanned).returncode == 0
    told = json.loads(dossier("open", "1", "--archive", scanned, "--json").stdout)
    assert Path(told["path"]) == scanned / "mo-hinh/A/quyet dinh.txt"


@pytest.mark.slow  # several processes
def test_nightly_tells_programs_what_is_new_since_the_night_before(scanned: Path) -> None:
    """As the system runs it: two nights, the second of them quiet."""
    first, second = (dossier("nightly", scanned, "--today", f"2023-04-0{day}", "--json") for day in (1, 2))
    assert (first.returncode, second.returncode) == (3, 3)
    told = json.loads(second.stdout)
    assert (told["since"], told["new"]) == ("2023-04-01", [])
    shown = dossier("nightly", scanned, "--today", "2023-04-03", lang="en")
    assert shown.returncode == 3
