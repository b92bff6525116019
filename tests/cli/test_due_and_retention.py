"""``dossier due`` and ``dossier retention`` on an archive on disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from dossier.checklists.retention import load_packs
from dossier.cli import main

TODAY = "2026-11-24"


@pytest.fixture
def archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "kho/Mô hình/Camera an ninh"
    folder.mkdir(parents=True)
    (folder / "hoso.toml").write_text("founded = 2024-01-10\nended = 2025-09-01\n", "utf-8")
    (folder / "ghi chú.txt").write_text("Ghi chú", "utf-8")
    with pytest.raises(SystemExit):
        main(["scan", str(tmp_path / "kho"), "--today", TODAY, "--workers", "1"])
    capsys.readouterr()
    return tmp_path / "kho"


@pytest.fixture
def run(archive: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def ran(command: str, *more: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([command, str(archive), "--today", TODAY, *more])
        said = capsys.readouterr()
        return int(end.value.code or 0), said.out, said.err

    return ran


def test_due_lists_what_is_overdue_and_what_the_unit_owes(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _err = run("due", "--days", "60", "--json")
    said = json.loads(out)
    assert code == 0
    assert ("BQ-01", "overdue") in {(due["rule"], due["status"]) for due in said["due"]}
    assert ("TH-24", "soon") in {(due["rule"], due["status"]) for due in said["due"]}
    assert all(due["status"] in ("overdue", "soon") for due in said["due"])
    assert [due["day"] for due in said["due"]] == sorted(due["day"] for due in said["due"])


def test_due_looks_no_further_than_asked(run: Callable[..., tuple[int, str, str]]) -> None:
    found = json.loads(run("due", "--days", "0", "--json")[1])["due"]
    assert "BQ-01" in {due["rule"] for due in found}
    assert all(due["day"] <= TODAY for due in found)


def test_yearly_duty_that_went_by_stays_open_whatever_is_asked(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    def days(within: str) -> list[str]:
        found = json.loads(run("due", "--days", within, "--json")[1])["due"]
        return [due["day"] for due in found if due["rule"] == "TH-24"]

    assert days("0") == ["2025-12-30"]
    assert days("60") == ["2025-12-30", "2026-12-30"]


def test_due_says_it_to_people(run: Callable[..., tuple[int, str, str]]) -> None:
    out = run("due")[1]
    assert "quá hạn" in out
    assert "Camera an ninh" in out


def test_due_writes_a_calendar(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    code, out, err = run("due", "--ics", str(tmp_path / "lich.ics"))
    assert (code, out) == (0, "")
    assert "lich.ics" in err
    assert (tmp_path / "lich.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


def test_retention_shows_pack_period_and_flag(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _err = run("retention", "--json")
    said = json.loads(out)
    assert code == 0
    assert said["review"] == []
    (dossier,) = said["dossiers"]
    assert dossier["retention"]["pack"] == "tt-55-2025"
    assert dossier["retention"]["verified"] is False
    assert {limit["row"] for limit in dossier["retention"]["limits"]} == {"inventory", "nd-30"}


def test_schedule_shows_every_row_with_its_flag(run: Callable[..., tuple[int, str, str]]) -> None:
    said = json.loads(run("retention", "--show", "--json")[1])
    rows = [row for pack in said for row in pack["rows"]]
    packs = load_packs()
    assert [pack["pack"] for pack in said] == [*(pack.id for pack in packs.packs), "fallback"]
    held = [row.id for pack in packs.packs for row in (*pack.periods, *pack.handover)]
    held += [row.id for row in packs.fallback if row.covers(date.fromisoformat(TODAY))]
    assert [row["row"] for row in rows] == held
    assert all(row["flag"] and row["citation"] and not row["verified"] for row in rows)
    assert "chưa kiểm chứng" in run("retention", "--show")[1]


def test_schedule_says_whose_dossiers_and_when_each_rule_is_for(
    run: Callable[..., tuple[int, str, str]],
) -> None:
    said = {pack["pack"]: pack["title"] for pack in json.loads(run("retention", "--show", "--json")[1])}
    assert said["tt-55-2025"].endswith("hồ sơ do Công an chủ trì, kết thúc từ 01/07/2025")
    assert said["phap-lenh-2001"].endswith("hồ sơ do nơi khác chủ trì, kết thúc đến 30/06/2012")
    assert said["luat-luu-tru-2011"].endswith("kết thúc từ 01/07/2012 đến 30/06/2025")


def test_row_confirmed_for_a_pack_shows_there_as_verified(
    archive: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    (archive / "retention.toml").write_text(
        '[[confirm]]\npack = "tt-55-2025"\nrow = "founding"\n'
        'by = "lan"\non = 2026-11-20\narticle = "Điều 5"\n',
        "utf-8",
    )
    said = json.loads(run("retention", "--show", "--json")[1])
    verified = [(pack["pack"], row) for pack in said for row in pack["rows"] if row["verified"]]
    assert [(pack, row["row"], row["citation"]) for pack, row in verified] == [
        ("tt-55-2025", "founding", "Điều 5")
    ]


def test_wrong_retention_file_ends_with_the_code_of_configuration(
    archive: Path, run: Callable[..., tuple[int, str, str]]
) -> None:
    (archive / "retention.toml").write_text('follow = "never"\n', "utf-8")
    code, _out, err = run("retention")
    assert code == 2
    assert "retention.toml, dòng 1" in err
