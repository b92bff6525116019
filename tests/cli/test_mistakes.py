"""Who makes a mistake gets a sentence in Vietnamese that says what to do, and the right code."""

from __future__ import annotations

import os
import re
import shlex
from contextlib import chdir
from pathlib import Path

import pytest

from dossier import cli
from dossier.archive import open_archive
from dossier.cli.mistakes import EXAMPLES
from dossier.usecases.scan import scan

PAPER = (
    "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nSố: {number}/QĐ-UBND\nHàm Thắng, ngày 05 tháng 3 năm 2023\nQUYẾT ĐỊNH\n"
    "Về việc thành lập mô hình “{name}”\nĐiều 1. Thành lập mô hình.\nCHỦ TỊCH\nNguyễn Văn An\n"
)
USAGE, UNUSABLE = 2, 4

# A command as it is typed in the archive, and its code. Names in braces are those of the fixture.
MISTAKES = [
    # What is not there.
    ("show không-có", USAGE),
    ("report --dossier không-có", USAGE),
    ("close không-có", USAGE),
    ("package không-có -o {out}/goi", USAGE),
    ("letter ranking không-có -o {out}/x.docx", USAGE),
    ("review --dossier không-có", USAGE),
    ("search --dossier không-có x", USAGE),
    ("set không-có quỹ=có", USAGE),
    ("waive không-có MH-06 --reason x", USAGE),
    ("assign không-có.txt 6a", USAGE),
    ("correct không-có.txt --number 5", USAGE),
    ("open không-có", USAGE),
    ("inventory -o {out}/x.docx --choose không-có", USAGE),
    ("inbox file không-có.pdf", USAGE),
    ("inbox undo 99", USAGE),
    ("account remove không-có", USAGE),
    ("account token không-có", USAGE),
    ("decisions import {out}/không-có.csv", USAGE),
    ("restore {out}/không-có.zip", USAGE),
    ("package verify {out}/không-có", USAGE),
    ("bundle sum {out}/không-có.zip --keys {empty}", USAGE),
    ("bundle sum {file} --keys {out}/không-có", USAGE),
    ("report /không/có", UNUSABLE),
    ("nightly /không/có", UNUSABLE),
    ("doctor /không/có", UNUSABLE),
    # What several are called.
    ("report --dossier camera", USAGE),
    ("close camera", USAGE),
    ("assign qd.txt 6a", USAGE),
    # Numbers beyond the table shown last.
    ("show 99", USAGE),
    ("report --dossier 99", USAGE),
    ("open 99", USAGE),
    ("close 99", USAGE),
    # What cannot be meant.
    ("report --today 2026-13-40", USAGE),
    ("scan --today ngày-mai", USAGE),
    ("due --today 01/01/9999", USAGE),
    ("search --from 99/99/2024 x", USAGE),
    ("search --from 2024-02-02 --to 2023-01-01 x", USAGE),
    ("search --page 0 x", USAGE),
    ("search --limit abc x", USAGE),
    ("search --sort xyz x", USAGE),
    ("search --type lalala x", USAGE),
    ("search --kind lalala x", USAGE),
    ("search --item 99z x", USAGE),
    ("search --item 6z x", USAGE),
    ("explain lalala", USAGE),
    ("waive 'Camera an ninh' 'mục 99' --reason x", USAGE),
    ("adopt không-có", USAGE),
    ("adopt .dossier", USAGE),
    ("show ''", USAGE),
    ("show ' '", USAGE),
    ("assign không-có 6a", USAGE),
    ("inbox add không-có.pdf", USAGE),
    ("config lalala=1", USAGE),
    ("config nhắc-trước=abc", USAGE),
    ("done TH-99 2026", USAGE),
    ("baseline lalala", USAGE),
    ("report --dossier", USAGE),
    ("search --everywhere x", USAGE),
    ("search --everywhere --export a.csv x", USAGE),
    ("search --export {out}/x.docx quyết", USAGE),
    ("scan --workers 0", USAGE),
    ("scan --workers abc", USAGE),
    ("serve --port 99999999", USAGE),
    ("serve --no-browser --cert {out} --key {out}", USAGE),
    ("serve --no-browser --cert {file} --key {file}", USAGE),
    ("service install --page --page-option=--lalala", USAGE),
    ("service install --page --page-option=--port=abc", USAGE),
    ("service install --at 25:99", USAGE),
    ("service install --kind lalala", USAGE),
    ("letter ranking 'Camera an ninh' --year 1900 -o {out}/x.docx", USAGE),
    ("letter draft 'Camera an ninh' 99z -o {out}/x.docx", USAGE),
    ("new xyz 'Tên'", USAGE),
    ("new 'mô hình' 'a/b'", USAGE),
    ("explain XX-99", USAGE),
    ("help lalala", USAGE),
    ("config lalala", USAGE),
    ("set 'Camera an ninh' quỹ=abc", USAGE),
    ("set 'Camera an ninh' lalala=1", USAGE),
    ("waive 'Camera an ninh' MH-999 --reason x", USAGE),
    ("waive 'Camera an ninh' MH-06", USAGE),
    ("waive 'Camera an ninh' MH-06 --reason x --until 2020-01-01", USAGE),
    ("waive 'Camera an ninh' MAT-01 --reason x", USAGE),
    ("account add a --role lalala", USAGE),
    ("doctor --drill {empty}", USAGE),
    ("migrate-to lalala://x", USAGE),
    ("migrate-to {out}/noi", USAGE),
    ("migrate-to postgresql://nobody@127.0.0.1:1/x", UNUSABLE),
    ("completion lalala", USAGE),
    ("report --lang fr", USAGE),
    ("audit --lalala", USAGE),
    ("lalala", USAGE),
    # What is not said.
    ("show", USAGE),
    ("restore", USAGE),
    ("close", USAGE),
    ("completion", USAGE),
    ("bundle make", USAGE),
    ("bundle sum {file}", USAGE),
    ("letter lacking", USAGE),
    ("inventory", USAGE),
    ("package 'Camera an ninh'", USAGE),
    ("package verify", USAGE),
    ("search", USAGE),
    ("migrate-to", USAGE),
    # Where nothing may be written.
    ("report -o {out}/x", USAGE),
    ("report -o {out}/x.xyz", USAGE),
    ("report -o {out}/folder.html", USAGE),
    ("report -o {out}/there.html", USAGE),
    ("report -o {out}/none/x.html", UNUSABLE),
    ("units -o {out}/x.docx", USAGE),
    ("units -o {out}/there.html", USAGE),
    ("bundle make -o {out}/folder.html", USAGE),
    ("backup {out}/folder.html", USAGE),
    ("backup {out}/there.html", USAGE),
    ("backup {out}/none/x.zip", UNUSABLE),
    ("close 'Camera an ninh' -o {out}/folder.html", USAGE),
    ("letter lacking -o {out}/folder.html", USAGE),
    ("letter ranking 'Camera an ninh' -o {out}/x.txt", USAGE),
    ("due --ics {out}/folder.html", USAGE),
    ("trend --html {out}/folder.html", USAGE),
    ("report --state {file}", USAGE),
    ("demo {kho}", USAGE),
    ("demo {file}/kho", UNUSABLE),
    # Lists of nothing.
    ("inventory -o {out}/x.docx", USAGE),
    ("inventory -o {out}/x.docx --handover", USAGE),
    ("inventory -o {out}/x.docx --kept-back", USAGE),
    ("inventory -o {out}/x.docx --council", USAGE),
    # Archives that are none, or were never scanned, or whose configuration is broken.
    *((f"{command} {{empty}}", UNUSABLE) for command in (
        "report", "status", "due", "units", "retention", "trend", "index", "review", "undo",
        "bundle make -o x.zip",
    )),
    *((f"{command} {{file}}", UNUSABLE) for command in (
        "scan", "report", "watch", "nightly", "status", "index",
    )),
    ("restore {file}", UNUSABLE),
    ("package verify {empty}", USAGE),
    ("decisions import {file}", USAGE),
    ("work", USAGE),
    ("status {broken}", USAGE),
    # Names that would give the terminal orders.
    ("show \x1b[31mđỏ", USAGE),
    ("report \x1b[31mđỏ", UNUSABLE),
    ("close \x07kêu", USAGE),
    # Names longer than any file's.
    (f"show {'a' * 3000}", USAGE),
    (f"close {'*' * 3000}", USAGE),
    (f"assign {'a/' * 3000}x#2 6a", USAGE),
    (f"open {'[' * 300}", USAGE),
]  # fmt: skip
ENGLISH = re.compile(
    r"\b(the|is|are|not|invalid|error|failed|directory|range|choose|missing|must|expected|found|please|such|"
    r"connection|refused|integer|value|required|unknown|cannot|exception|errno|sqlite\w*|sqlalchemy|psycopg|"
    r"zipfile|traceback|none|null|int|str)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    base = tmp_path_factory.mktemp("mistakes")
    names = {name: base / name for name in ("kho", "out", "empty", "file", "broken")}
    for number, name in enumerate(("Camera an ninh", "Camera học đường"), start=12):
        paper = names["kho"] / "mo-hinh" / name / "qd.txt"
        paper.parent.mkdir(parents=True)
        paper.write_text(PAPER.format(number=number, name=name), "utf-8")
    for name in ("empty", "broken", "out/folder.html"):
        (base / name).mkdir(parents=True)
    (names["out"] / "there.html").write_text("của người khác", "utf-8")
    names["file"].write_text("x", "utf-8")
    (names["broken"] / "dossier.toml").write_text("[archive\nname=", "utf-8")
    scan(open_archive(names["kho"]), workers=1)
    return names


def told(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """The code, and all that is said."""
    with pytest.raises(SystemExit) as left:
        cli.main(arguments)
    said = capfd.readouterr()
    return int(left.value.code or 0), said.out + said.err


@pytest.mark.parametrize(("typed", "code"), MISTAKES, ids=[ascii(typed) for typed, _code in MISTAKES])
def test_mistake_is_told_in_vietnamese_with_what_to_do(
    places: dict[str, Path],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
) -> None:
    monkeypatch.setenv("DOSSIER_LANG", "vi")
    arguments = [word.format(**places) for word in shlex.split(typed)]
    if typed.endswith(" 99") and not typed.startswith("inbox"):
        with chdir(places["kho"]):
            told(["report"], capfd)  # a table to count in
    with chdir(places["kho"]):
        got, said = told(arguments, capfd)
    assert got == code, said
    lines = [line for line in said.splitlines() if line.strip()]
    assert any(line.startswith("Lỗi: ") for line in lines), said
    assert len(lines) > 1, f"nothing says what to do: {said}"
    assert said.replace("\n", "").replace("\t", "").isprintable()
    assert not ENGLISH.findall(_sentences(said, arguments)), said


def _sentences(said: str, typed: list[str]) -> str:
    """What is said without names, options and commands, which are no language."""
    for word in sorted(typed, key=len, reverse=True):
        said = said.replace(word, " ")
    said = re.sub(
        r"dossier [a-z-]+( [a-z]+)?|--?[a-z-]+|'[^']*'|“[^”]*”|[\w.~-]*[/\\][^\s]*|\w+\.\w+", " ", said
    )
    return re.sub(r"Các (cài đặt|khóa|định dạng).*", " ", said)


@pytest.mark.parametrize(
    ("typed", "told_too"),
    [
        ("search mục:99z", "“99z” không phải mục nào."),
        ("search mục:6z", "6b  Quyết định thành lập Ban Chỉ đạo"),
        ("search loại:lalala", "Không có loại văn bản “lalala”."),
        ("search 'hồ sơ:lalala'", "Không có hồ sơ nào tên “lalala”."),
        ("search 'loại hồ sơ:lalala'", "Không có loại hồ sơ “lalala”."),
        ("search --item 99z x", "  16  Các văn bản"),
        ("show camera-an-nin", "Có thể là: “Camera an ninh”"),
        ("show camara an", "Có thể là: “Camera an ninh”"),
        ("explain 6b", "MH-06"),
        ("explain 'thi đua'", "Xem tất cả"),
        ("explain 'khảo sát'", "MH-01  Kế hoạch khảo sát"),
        ("waive 'Camera an ninh' 'mục 4' --reason x", "Đã chấp nhận MH-04"),
        ("config đơn-vị 'Công an xã Hàm Thắng'", "đơn vị: Công an xã Hàm Thắng"),
        ("config địa-danh=Hàm Thắng", "địa danh: Hàm Thắng"),
        ("set Camera an ninh chủ-trì=đơn vị khác", "đơn vị khác"),
        ("baseline lalala", "Các lệnh: create, remove, show."),
    ],
)
def test_what_is_asked_for_in_vain_is_named_and_what_is_meant_is_taken(
    places: dict[str, Path],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    told_too: str,
) -> None:
    monkeypatch.setenv("DOSSIER_LANG", "vi")
    with chdir(places["kho"]):
        said = told(shlex.split(typed), capfd)[1]
    assert told_too in " ".join(said.split()) or told_too in said


def test_every_example_is_of_a_command() -> None:
    for name, example in EXAMPLES.items():
        group, _space, sub = name.partition(" ")
        assert group in cli.COMMANDS
        assert shlex.split(example)[1 : 3 if sub else 2] == name.split()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("search x --limit 0", "0 không nằm trong khoảng từ 1 đến 1000."),
        ("scan --wait=-1", "-1.0 không nằm trong khoảng từ 0 trở lên."),
    ],
)
def test_ranges_are_told_in_words(typed: str, words: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert words in told(typed.split(), capfd)[1]


@pytest.mark.skipif(os.name != "posix", reason="root alone writes everywhere")
def test_key_in_an_archive_never_scanned_leaves_it_fit_to_be_scanned(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert told(["bundle", "key", str(tmp_path)], capfd)[0] == 0
    assert told(["bundle", "key", str(tmp_path)], capfd)[0] == 0
