"""``dossier adopt`` and ``dossier correct`` as a program or a person without a terminal calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_review_command import dossier
from tests.usecases.archives import FOUNDING, PROPOSAL, SURVEY, write

pytestmark = pytest.mark.slow  # several processes for each test

MODEL = "HO SO 2024/MH Camera an ninh"


@pytest.fixture
def kho(tmp_path: Path) -> Path:
    write(tmp_path, f"{MODEL}/qd.txt", FOUNDING)
    write(tmp_path, f"{MODEL}/ks.txt", SURVEY)
    return tmp_path


def test_scan_of_an_archive_as_found_says_what_to_do_and_is_not_complete(kho: Path) -> None:
    done = dossier("scan", str(kho), cwd=kho)
    assert done.returncode == 1
    said = " ".join(done.stdout.split())
    assert MODEL in said and "dossier adopt" in said
    assert (
        json.loads(dossier("scan", str(kho), "--json", "-", cwd=kho).stdout)["proposals"][0]["path"] == MODEL
    )


def test_adopt_lists_proposals_with_reasons_and_says_how_to_take_them(kho: Path) -> None:
    done = dossier("adopt", "--archive", str(kho), cwd=kho)
    assert done.returncode == 1
    assert "12/QĐ-UBND" in " ".join(done.stdout.split()) and "adopt --all" in done.stderr
    made = json.loads(dossier("adopt", "--json", "--archive", str(kho), cwd=kho).stdout)
    hints = [reason["hint"] for reason in made["proposals"][0]["reasons"]]
    assert hints == ["folder-name", "founding", "named"]


def test_adopted_folder_is_judged_at_once_and_undone(kho: Path) -> None:
    assert dossier("adopt", MODEL, "--archive", str(kho), cwd=kho).returncode == 0
    shown = json.loads(dossier("show", MODEL, "--json", "--archive", str(kho), cwd=kho).stdout)
    assert (shown["name"], shown["kind"], shown["files"]) == ("Camera an ninh", "mo-hinh", 2)
    dossier("adopt", "--undo", MODEL, "--archive", str(kho), cwd=kho)
    assert (
        len(json.loads(dossier("adopt", "--json", "--archive", str(kho), cwd=kho).stdout)["proposals"]) == 1
    )


def test_file_elsewhere_is_added_to_a_dossier_and_taken_back(kho: Path) -> None:
    write(kho, "lac/dx.txt", PROPOSAL.replace("Camera an ninh", "mới"))  # else it is offered with the dossier
    for words, files in (((MODEL,), 2), (("lac/dx.txt", "--into", MODEL), 3), (("--undo", "lac/dx.txt"), 2)):
        done = dossier("adopt", *words, "--archive", str(kho), cwd=kho)
        assert done.returncode == 0, done.stderr
        shown = json.loads(dossier("show", MODEL, "--json", "--archive", str(kho), cwd=kho).stdout)
        assert shown["files"] == files


def test_init_in_a_folder_with_files_makes_no_folders_and_says_what_to_do(kho: Path) -> None:
    done = dossier("init", str(kho), cwd=kho)
    assert done.returncode == 0 and "dossier adopt" in done.stderr
    assert {path.name for path in kho.iterdir()} - {".dossier"} == {"HO SO 2024", "dossier.toml"}


def test_corrected_number_is_shown_and_reset(kho: Path) -> None:
    dossier("scan", str(kho), cwd=kho)
    file = f"{MODEL}/qd.txt"
    (made,) = json.loads(dossier("correct", file, "--number", "15/QĐ-UBND", "--json", cwd=kho).stdout)
    assert made["number_symbol"] == "15/QĐ-UBND"
    assert "15/QĐ-UBND" in dossier("decisions", "list", cwd=kho).stdout
    assert json.loads(dossier("correct", file, "--reset", "--json", cwd=kho).stdout) == {"undone": 1}


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--date", "31/02/2024", "lịch"),
        ("--type", "quyêt địn", "quyết định"),
        ("--date", "5/3/23", "bốn chữ số"),
    ],
)
def test_value_that_cannot_be_meant_is_refused_in_words(
    kho: Path, option: str, value: str, said: str
) -> None:
    dossier("scan", str(kho), cwd=kho)
    done = dossier("correct", f"{MODEL}/qd.txt", option, value, cwd=kho)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
