"""``dossier review`` without a terminal: lists, JSON, and answers from piped lines."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import commands
from tests.usecases.archives import FOUNDING, paper, put, run

ODD = paper("PHIẾU TRÌNH", "07/PT-UBND", "Mấy việc cần làm", body="Xin ý kiến các đồng chí.")
FILE = "mo-hinh/A/la.txt"


def dossier(*arguments: str, cwd: Path, keys: str = "", lang: str = "vi") -> subprocess.CompletedProcess[str]:
    return commands.dossier(*arguments, cwd=cwd, keys=keys, DOSSIER_LANG=lang, COLUMNS="80")


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scanned")
    put(root, quyet_dinh_txt=FOUNDING, la_txt=ODD)
    run(root)
    return root


@pytest.fixture
def kho(scanned: Path, tmp_path: Path) -> Path:
    return shutil.copytree(scanned, tmp_path, dirs_exist_ok=True)


def placed(kho: Path) -> list[tuple[str, str]]:
    (shown,) = json.loads(dossier("show", FILE, "--json", cwd=kho).stdout)
    return [(p["part"], p["source"]) for p in shown["placements"]] if not shown.get("review") else []


def test_a_typed_part_is_decided(kho: Path) -> None:
    done = dossier("review", cwd=kho, keys="t 5\n")
    assert done.returncode == 0
    assert "Đã quyết định 1" in done.stderr
    assert placed(kho) == [("5", "person")]


def test_keys_are_told_without_marks_of_the_screen(kho: Path) -> None:
    done = dossier("review", cwd=kho, keys="z\nq\n")
    for said in (done.stdout, done.stderr):
        assert "q thôi" in said
        assert "[dim]" not in said


def test_wrong_keys_are_told_and_the_question_stays(kho: Path) -> None:
    done = dossier("review", cwd=kho, keys="9\nzz\n6a 6c\n")
    assert "9" in done.stderr and "“zz”" in done.stderr
    assert [part for part, _source in placed(kho)] == ["6a", "6c"]


def test_b_takes_the_last_answer_back(kho: Path) -> None:
    put(kho, la2_txt=ODD.replace("07/PT", "08/PT"))
    run(kho)
    done = dossier("review", cwd=kho, keys="t 5\nb\nq\n")
    assert "Đã quyết định 0 văn bản; còn 2" in done.stderr


def test_input_that_ends_leaves_the_rest_for_another_day(kho: Path) -> None:
    assert "còn 1 văn bản" in dossier("review", cwd=kho).stderr


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_list_and_questions_fit_eighty_columns(kho: Path, lang: str) -> None:
    for keys in ([], ["--list"]):
        shown = dossier("review", *keys, cwd=kho, lang=lang).stdout
        assert FILE in shown.replace("\n", "")
        assert max(map(len, shown.splitlines())) <= 80


def test_json_tells_the_answers_and_what_hangs_on_them(kho: Path) -> None:
    (asked,) = json.loads(dossier("review", "--json", cwd=kho).stdout)
    assert asked["path"] == FILE and asked["stake"] >= 0
    assert all({"parts", "confidence", "evidence"} == set(answer) for answer in asked["answers"])


def test_nothing_to_review_is_said(kho: Path) -> None:
    dossier("review", cwd=kho, keys="n\n")
    done = dossier("review", "--list", cwd=kho)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Không có văn bản nào" in done.stderr


def test_file_is_named_where_there_is_no_screen(kho: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    if sys.platform in ("win32", "darwin"):
        pytest.skip("there is always a screen here")
    assert str(kho / FILE) in dossier("review", cwd=kho, keys="o\n").stderr


def test_e_corrects_fields_and_asks_again(kho: Path) -> None:
    done = dossier("review", cwd=kho, keys="e số=08/PT-UBND; ngày=-; tuổi=3\ne Số=08/PT-UBND; ngày=-\nn\n")
    assert "“tuổi”" in done.stderr
    (shown,) = json.loads(dossier("show", FILE, "--json", cwd=kho).stdout)
    assert (shown["number_symbol"], shown["date"]) == ("08/PT-UBND", None)
    assert shown["fields"]["number_symbol"]["source"] == "person"


def test_one_impossible_day_does_not_cost_the_answers_for_the_other_fields(kho: Path) -> None:
    from click.testing import CliRunner

    from dossier.archive import open_archive
    from dossier.cli.review import _asked
    from dossier.usecases.review import Review

    walk = Review(open_archive(kho))
    question = walk.current
    assert question is not None
    with CliRunner().isolation(input="99/PT-UBND\n32/13/2024\n05/12/2024\n\n\n\n\n"):
        said = _asked(walk, question)
    assert said == {"number": "99/PT-UBND", "date": "05/12/2024"}
