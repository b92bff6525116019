"""What bears a stamp of secrecy leaves no trace of its text, wherever one looks."""

from __future__ import annotations

import gzip
import random
import shutil
import sqlite3
import zipfile
import zlib
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from archives import FOUNDING, SURVEY, put, run, write

from dossier import engines
from dossier.archive import open_archive
from dossier.errors import UsageError
from dossier.index import Filters
from dossier.model import Severity, in_brief
from dossier.usecases import night_folders, publish
from dossier.usecases.assess import outcome
from dossier.usecases.backup import backup
from dossier.usecases.correct import seal_again, unseal, unsealed
from dossier.usecases.decide import assign, waive
from dossier.usecases.nightly import nightly
from dossier.usecases.restore import restore
from dossier.usecases.search import search

WORDS = ("Kim Cương 77", "đồi Bạch Mã", "Nguyễn Văn An")
SECRET = FOUNDING.replace("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND\nTỐI MẬT").replace(
    "Căn cứ", "Chuyên án Kim Cương 77 tại đồi Bạch Mã. Căn cứ"
)


def traces(folder: Path) -> list[str]:
    """Words of the secret found in any file, as they stand, compressed, or in another encoding."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            views = [content, *unpacked(content)]
            for word in WORDS:
                if any(word.encode(code) in view for view in views for code in ("utf-8", "utf-16-le")):
                    found.append(f"{file.name}: {word}")
    return found


def unpacked(content: bytes) -> list[bytes]:
    """Every zlib stream inside a file."""
    views = []
    at = content.find(b"\x78\x9c")
    while at >= 0:
        try:
            views.append(zlib.decompressobj().decompress(content[at:]))
        except zlib.error:
            pass
        at = content.find(b"\x78\x9c", at + 1)
    return views


def test_traces_are_seen_where_there_is_no_stamp(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET.replace("TỐI MẬT\n", ""))
    run(tmp_path)
    assert traces(tmp_path / ".dossier")


def test_stamped_file_is_a_finding_and_leaves_no_text_in_the_state(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET)
    report = run(tmp_path)[1]
    archive = open_archive(tmp_path)
    out = tmp_path.with_name(f"{tmp_path.name} ra")
    out.mkdir()
    for format_ in ("html", "json", "csv", "txt", "xlsx", "docx"):
        publish.write(report, format_, str(out / f"bao-cao.{format_}"), archive)
    assert traces(tmp_path / ".dossier") + traces(out) == []
    (finding,) = [f for d in report.dossiers for f in d.findings if f.rule == "MAT-01"]
    assert finding.severity is Severity.ERROR
    (document,) = report.documents
    assert (document.security, document.header.abstract, document.placements) == ("toi-mat", "", ())
    assert len(document.sha256) == 64


def test_stamp_on_one_document_seals_the_whole_file(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING.replace("Nguyễn Văn An", "Trần B") + SECRET)
    report = run(tmp_path)[1]
    assert [d.security for d in report.documents] == ["toi-mat"]
    assert traces(tmp_path / ".dossier") == []


def test_stamped_file_is_in_no_search(tmp_path: Path) -> None:
    write(tmp_path, "mo-hinh/A/kim cuong.txt", SECRET)
    run(tmp_path)
    archive = open_archive(tmp_path)
    assert search(archive, "kim cuong", Filters()).total == 0
    assert search(archive, "12/QĐ-UBND", Filters()).total == 0


def test_file_that_gets_a_stamp_later_is_forgotten(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET.replace("TỐI MẬT\n", ""))
    run(tmp_path)
    put(tmp_path, a_txt=SECRET)
    run(tmp_path)
    assert search(open_archive(tmp_path), "kim cuong", Filters()).total == 0
    assert [d.security for d in run(tmp_path)[1].documents] == ["toi-mat"]


def test_renamed_stamped_file_stays_sealed(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET)
    run(tmp_path)
    (tmp_path / "mo-hinh/A/a.txt").rename(tmp_path / "mo-hinh/A/b.txt")
    assert [(d.path, d.security) for d in run(tmp_path)[1].documents] == [("mo-hinh/A/b.txt", "toi-mat")]


def test_person_may_still_place_a_stamped_file(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET)
    run(tmp_path)
    assign(open_archive(tmp_path), "mo-hinh/A/a.txt", ["6a"])
    assert [p.part for d in run(tmp_path)[1].documents for p in d.placements] == ["6a"]


PLAIN = SECRET.replace("TỐI MẬT\n", "")


def everywhere(folder: Path) -> list[str]:
    """As :func:`traces`, and inside of packed files, SQLite's cells and gzip."""
    found = traces(folder)
    for file in folder.rglob("*.gz"):
        found += [
            f"{file.name}: {word}" for word in WORDS if word.encode() in gzip.decompress(file.read_bytes())
        ]
    for file in (f for f in folder.rglob("*") if f.is_file() and zipfile.is_zipfile(f)):
        with zipfile.ZipFile(file) as packed:
            inside = b"".join(packed.read(name) for name in packed.namelist())
        found += [f"{file.name}: {word}" for word in WORDS if word.encode() in inside]
    return found


def test_every_trace_goes_when_a_known_paper_gets_a_stamp(tmp_path: Path) -> None:
    root = tmp_path / "kho"
    put(root, a_txt=PLAIN, b_txt=SURVEY.replace("Nguyễn Văn An", "Trần B"))
    write(root, "dossier.toml", '[nightly]\nformats = ["html", "json", "xlsx", "docx"]\n')
    run(root)
    archive = open_archive(root)
    nightly(archive, date(2023, 3, 30))
    nightly(archive, date(2023, 3, 31))
    night_folders.pack(archive.state)
    assign(archive, "mo-hinh/A/a.txt", ["6a"])
    waive(archive, "mo-hinh/A", "MH-04", reason="chờ chuyên án Kim Cương 77 kết thúc")
    waive(archive, "mo-hinh/A", "MH-05", reason="đang xin ý kiến cấp trên")
    backup(archive, tmp_path / "b.zip")
    restore(archive, tmp_path / "b.zip", force=True)
    for name in ("catalogue.sqlite.bak-0012", "catalogue.sqlite.damaged-20230101-000000"):
        shutil.copy(archive.state / "catalogue.sqlite", archive.state / name)
    assert everywhere(archive.state)
    put(root, a_txt=SECRET)
    counts = run(root)[0]
    assert everywhere(archive.state) == []
    assert [str(tmp_path / "b.zip") in said for said in counts.secrets] == [True]
    with closing(sqlite3.connect(archive.state / "catalogue.sqlite")) as known:
        reasons = dict(known.execute("SELECT rule, reason FROM waivers").fetchall())
    assert reasons["MH-05"] == "đang xin ý kiến cấp trên"
    assert "Kim" not in reasons["MH-04"]
    former = next(archive.state.glob("former-*/state/catalogue.sqlite"))
    with closing(sqlite3.connect(former)) as known:
        assert known.execute("SELECT count(*) FROM decisions").fetchone()[0] == 1
    nightly(archive, date(2023, 4, 1))
    assert everywhere(archive.state) == []


def neighbours(root: Path, count: int) -> None:
    """Papers like no other, so that the index cannot do without the segments that they share."""
    chance = random.Random(7)
    for at in range(count):
        told = " ".join("".join(chance.choices("bcdghklmnt", k=6)) for _word in range(80))
        write(root, f"mo-hinh/A/n{at}.txt", f"Báo cáo số {at} về việc tuần tra. {told}\n")


@pytest.mark.parametrize("engine", engines.INDEX)
def test_index_keeps_nothing_of_a_paper_that_shared_its_segment(tmp_path: Path, engine: str) -> None:
    write(tmp_path, "dossier.toml", f'[index]\nengine = "{engine}"\n')
    marker = "Wkqzvjxh"
    neighbours(tmp_path, 40)
    put(tmp_path, a_txt=PLAIN.replace("Kim Cương 77", marker))
    run(tmp_path)
    index = tmp_path / ".dossier" / "index"
    assert any(marker.lower().encode() in each.lower() for each in contents(index))
    put(tmp_path, a_txt=SECRET.replace("Kim Cương 77", marker))
    run(tmp_path)
    assert [each for each in contents(index) if marker.lower().encode() in each.lower()] == []
    assert search(open_archive(tmp_path), "tuần tra", Filters()).total == 40
    assert list(index.glob("*-*"))[1:] == []


def contents(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.rglob("*") if file.is_file()]


def test_traces_go_even_when_the_scan_was_cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, a_txt=PLAIN)
    run(tmp_path)
    archive = open_archive(tmp_path)
    shutil.copy(archive.state / "catalogue.sqlite", archive.state / "catalogue.sqlite.bak-0012")
    put(tmp_path, a_txt=SECRET)

    def cut_short(*_arguments: object) -> list[str]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("dossier.usecases.updating.forget", cut_short)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path)
    run(tmp_path)
    assert everywhere(archive.state) == []


def test_person_unseals_a_paper_and_takes_it_back(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET)
    run(tmp_path)
    archive = open_archive(tmp_path)
    with pytest.raises(UsageError, match="lý do"):
        unseal(archive, "mo-hinh/A/a.txt", " ")
    unseal(archive, "mo-hinh/A/a.txt", "dấu của văn bản cũ đã giải mật")
    assert [d.security for d in run(tmp_path)[1].documents] == [None]
    assert search(archive, "kim cuong", Filters()).total == 1
    (said,) = unsealed(archive)
    assert (said.path, said.reason) == ("mo-hinh/A/a.txt", "dấu của văn bản cũ đã giải mật")
    backup(archive, tmp_path.with_name("c.zip"), force=True)
    seal_again(archive, "mo-hinh/A/a.txt")
    assert [d.security for d in run(tmp_path)[1].documents] == ["toi-mat"]
    assert everywhere(archive.state) == []
    restore(archive, tmp_path.with_name("c.zip"), force=True)
    assert [said.path for said in unsealed(archive)] == ["mo-hinh/A/a.txt"]


def test_unsealed_word_holds_for_the_content_only(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET)
    run(tmp_path)
    unseal(open_archive(tmp_path), "mo-hinh/A/a.txt", "nhầm")
    (tmp_path / "mo-hinh/A/a.txt").rename(tmp_path / "mo-hinh/A/b.txt")
    assert [d.security for d in run(tmp_path)[1].documents] == [None]
    put(tmp_path, b_txt=SECRET + "Thêm một dòng.\n")
    assert [d.security for d in run(tmp_path)[1].documents] == ["toi-mat"]


def test_scan_that_meets_a_stamp_ends_with_5(tmp_path: Path) -> None:
    put(tmp_path, a_txt=SECRET)
    assert outcome(in_brief(run(tmp_path)[1])) == 5
