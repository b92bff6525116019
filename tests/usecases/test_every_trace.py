"""A paper that people worked on in every way, and that then gets a stamp: no word of it stays anywhere."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, put, run
from test_state_secrets import everywhere

from dossier.archive import Archive, open_archive
from dossier.index import in_force
from dossier.index.folder import mark, marks_of
from dossier.model.health import Health
from dossier.usecases import audit
from dossier.usecases.backup import backup
from dossier.usecases.correct import correct, seal_again, unseal
from dossier.usecases.decide import unwaive, waive
from dossier.usecases.doctor import examine
from dossier.usecases.fact_entries import record_and_report
from dossier.usecases.restore import restore

WORDS = ("Kim Cương 77", "Bạch Mã")
PLAIN = FOUNDING.replace("Căn cứ", "Chuyên án Kim Cương 77 tại đồi Bạch Mã. Căn cứ")
SECRET = PLAIN.replace("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND\nTỐI MẬT")
FILE = "mo-hinh/A/a.txt"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scanned") / "kho"
    put(root, a_txt=PLAIN, b_txt=SURVEY.replace("Nguyễn Văn An", "Trần B"))
    run(root)
    return root


@pytest.fixture
def archive(scanned: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned, tmp_path / "kho"))


def sealed(archive: Archive) -> list[str]:
    """Where its words are still found after the scan that meets the stamp."""
    put(archive.root, a_txt=SECRET)
    run(archive.root)
    assert audit.verify(archive).broken == ""
    escaped = [json.dumps(word)[1:-1].encode() for word in WORDS]
    found = everywhere(archive.state)
    for file in (f for f in archive.state.rglob("*") if f.is_file()):
        content = file.read_bytes()
        found += [f"{file.name}: {word.decode()}" for word in escaped if word in content]
    return found


def test_correction_that_repeats_it(archive: Archive) -> None:
    correct(archive, FILE, {"abstract": "Chuyên án Kim Cương 77 tại đồi Bạch Mã"})
    assert sealed(archive) == []


def test_correction_that_was_taken_back(archive: Archive) -> None:
    from dossier.usecases.correct import reset

    correct(archive, FILE, {"abstract": "Chuyên án Kim Cương 77 tại đồi Bạch Mã"})
    reset(archive, FILE)
    assert sealed(archive) == []


def test_correction_of_an_earlier_content(archive: Archive) -> None:
    correct(archive, FILE, {"abstract": "Chuyên án Kim Cương 77 tại đồi Bạch Mã"})
    put(archive.root, a_txt=PLAIN + "thêm\n")
    run(archive.root)
    assert sealed(archive) == []


def test_reasons_that_repeat_it(archive: Archive) -> None:
    waive(archive, "mo-hinh/A", "MH-04", reason="chờ chuyên án Kim Cương 77 kết thúc")
    waive(archive, "mo-hinh/A", "MH-05", reason="xong ở đồi Bạch Mã")
    unwaive(archive, "mo-hinh/A", "MH-05")
    assert sealed(archive) == []


def test_what_was_said_of_the_dossier(archive: Archive) -> None:
    record_and_report(archive, "mo-hinh/A", ["giữ-lại=chuyên án Kim Cương 77 tại đồi Bạch Mã"])
    assert sealed(archive) == []


def test_reason_to_unseal_it(archive: Archive) -> None:
    put(archive.root, a_txt=SECRET)
    run(archive.root)
    unseal(archive, FILE, "chuyên án Kim Cương 77 tại đồi Bạch Mã đã công bố")
    seal_again(archive, FILE)
    assert sealed(archive) == []


def test_what_was_asked_for_on_the_page(archive: Archive) -> None:
    from dossier.web.storage import Storage

    storage = Storage(archive.state)
    told = json.dumps({"fields": {"abstract": "Chuyên án Kim Cương 77 tại đồi Bạch Mã"}}, ensure_ascii=False)
    at = datetime.now(UTC).isoformat()
    storage.change(
        "INSERT INTO intents (key, at, actor, kind, subject, payload, done_at, error) "
        "VALUES ('k/0', ?, 'an', 'fields', 'x', ?, ?, 'Kim Cương 77')", at, told, at,
    )  # fmt: skip
    storage.change(
        "INSERT INTO requests (dossier, rule, part, reason, author, at) "
        "VALUES ('mo-hinh/A', 'MH-04', '', 'chờ chuyên án Kim Cương 77 tại đồi Bạch Mã', 'an', ?)", at,
    )  # fmt: skip
    storage.close()
    assert sealed(archive) == []


def test_what_a_restore_kept_aside(archive: Archive, tmp_path: Path) -> None:
    correct(archive, FILE, {"abstract": "Chuyên án Kim Cương 77 tại đồi Bạch Mã"})
    backup(archive, tmp_path / "b.zip")
    correct(archive, FILE, {"abstract": "Kim Cương 77"})
    restore(archive, tmp_path / "b.zip", force=True)
    assert sealed(archive) == []


def _left_by_a_restore(archive: Archive, tmp_path: Path) -> list[str]:
    """What is left where a backup that has a paper sealed takes the place of a state that has read it."""
    put(archive.root, a_txt=SECRET)
    run(archive.root)
    backup(archive, tmp_path / "b.zip")
    unseal(archive, FILE, "chuyên án Kim Cương 77 tại đồi Bạch Mã đã công bố")
    restore(archive, tmp_path / "b.zip", force=True)
    assert audit.verify(archive).broken == ""
    return everywhere(archive.state)


def test_what_a_restore_kept_aside_of_a_paper_that_was_unsealed_since(
    archive: Archive, tmp_path: Path
) -> None:
    assert _left_by_a_restore(archive, tmp_path) == []


def test_restore_that_was_cut_short_is_made_good_by_the_next_scan(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dossier.usecases.restoring._forget", lambda _archive: None)  # killed before that
    assert _left_by_a_restore(archive, tmp_path) != []
    run(archive.root)
    assert everywhere(archive.state) == []


def test_log_of_a_catalogue_whose_copying_was_cut_short(archive: Archive) -> None:
    cut = archive.state / "former-20260101-000000-x/state/catalogue.sqlite-wal"
    cut.parent.mkdir(parents=True)
    cut.write_bytes("Chuyên án Kim Cương 77".encode())
    assert sealed(archive) == []


def test_index_of_another_machine_that_is_older_than_the_sealing_is_told_and_made_anew(
    archive: Archive,
) -> None:
    assert sealed(archive) == []
    index = in_force(archive.state / "index", archive.config.index.engine)
    assert index is not None
    mark(index, replace(marks_of(index), sealing=""))  # as if another machine had sealed the paper since
    told = [check for check in examine(archive) if check.mend == "dossier index --rebuild"]
    assert [check.health for check in told] == [Health.BROKEN]
    run(archive.root)
    assert in_force(archive.state / "index", archive.config.index.engine) != index
    assert not [check for check in examine(archive) if check.mend == "dossier index --rebuild"]


def test_log_says_that_words_were_taken_out_and_still_holds(archive: Archive) -> None:
    correct(archive, FILE, {"abstract": "Chuyên án Kim Cương 77 tại đồi Bạch Mã"})
    before = audit.head(archive)
    put(archive.root, a_txt=SECRET)
    run(archive.root)
    after, corrected = audit.entries(archive)
    assert audit.verify(archive).broken == ""
    assert (after.act, after.about, corrected.hash, dict(corrected.details)) == ("redact", FILE, before, {})


def test_leftovers_of_a_killed_backup(archive: Archive) -> None:
    folder = archive.state / ".backup-x1"
    folder.mkdir()
    (folder / "catalogue.sqlite").write_bytes((archive.state / "catalogue.sqlite").read_bytes())
    assert sealed(archive) == []


def test_log_of_a_database_that_nobody_closed(archive: Archive) -> None:
    reader = sqlite3.connect(archive.state / "catalogue.sqlite")
    with closing(reader):
        reader.execute("SELECT count(*) FROM files").fetchall()
        put(archive.root, a_txt=SECRET)
        run(archive.root)
        assert everywhere(archive.state) == []
