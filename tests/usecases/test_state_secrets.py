"""What bears a stamp of secrecy leaves no trace of its text, wherever one looks."""

from __future__ import annotations

import zlib
from pathlib import Path

from archives import FOUNDING, put, run, write

from dossier.archive import open_archive
from dossier.index import Filters
from dossier.model import Severity
from dossier.usecases import publish
from dossier.usecases.decide import assign
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
