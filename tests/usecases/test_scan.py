"""From files on disk to a verdict: what is read, what is kept, what is not read again."""

from __future__ import annotations

import os
import time
import unicodedata
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, accounted, on_disk, put, run, settled, write

from dossier.archive import open_archive
from dossier.index import Filters
from dossier.model import Status
from dossier.progress import heard_by
from dossier.usecases.known import open_known
from dossier.usecases.scan import scan
from dossier.usecases.search import search


def settle(root: Path) -> None:
    """Date all files back, so that none is so fresh that its time stamp could lie."""
    for path in root.rglob("*"):
        if path.is_file() and ".dossier" not in path.parts:
            os.utime(path, (time.time() - 60, time.time() - 60))


def places(root: Path) -> dict[str, list[str]]:
    _counts, report = run(root)
    return {d.path.rsplit("/", 1)[-1]: [p.part for p in d.placements] for d in report.documents}


def found(root: Path, query: str) -> list[str]:
    return [hit.path for hit in search(open_archive(root), query, Filters()).hits]


def test_documents_are_read_recognised_and_placed(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    assert places(tmp_path) == {"a.txt": ["6a"], "b.txt": ["1"]}


def test_head_of_a_document_is_in_the_report(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    (document,) = run(tmp_path)[1].documents
    head = document.header
    assert (head.number_symbol, str(head.date), head.type) == ("12/QĐ-UBND", "2023-03-05", "quyet-dinh")
    assert (head.issuing_body, head.signer) == ("ỦY BAN NHÂN DÂN XÃ HÀM THẮNG", "Nguyễn Văn An")


def test_two_documents_in_one_file_are_two(tmp_path: Path) -> None:
    put(tmp_path, ca_txt=SURVEY + "\n" + FOUNDING)
    report = run(tmp_path)[1]
    assert [(d.ordinal, d.placements[0].part) for d in report.documents] == [(1, "1"), (2, "6a")]


def test_whole_dossiers_are_weighed_while_others_are_read(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, f"mo-hinh/{number:02}/a.txt", FOUNDING + "." * number)

    def cut_short(done: int, total: int, _path: str) -> None:
        if done == total:
            raise KeyboardInterrupt

    archive = open_archive(tmp_path)
    with pytest.raises(KeyboardInterrupt), heard_by(cut_short):
        scan(archive, workers=1)
    with open_known(archive) as catalogue:
        assert catalogue.count_inside() == 40
        assert sum(map(len, catalogue.circumstances.pending())) <= 8


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    (dossier,) = run(tmp_path)[1].dossiers
    status = {item.item: item.status for item in dossier.items}
    assert (status[1], status[6]) == (Status.MISSING, Status.PARTIAL)


def test_every_file_is_accounted_for(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, rong_pdf="", hong_pdf="%PDF-1.4 hỏng", Thumbs_db="x", hoso_toml="")
    write(tmp_path, "mo-hinh/A/~$a.docx", "x")
    report = run(tmp_path)[1]
    assert accounted(report) == on_disk(tmp_path) == 6
    assert report.summary["files"] + report.summary["ignored"] == 6


def test_second_scan_reads_nothing(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY, c_pdf="")
    settle(tmp_path)
    first = run(tmp_path)
    second = run(tmp_path)
    assert (first[0].read, second[0].read, second[0].unchanged) == (3, 0, 3)
    assert first[1].dossiers == second[1].dossiers


def test_changed_file_is_read_again(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    settle(tmp_path)
    run(tmp_path)
    put(tmp_path, a_txt=PROPOSAL)
    counts, _report = run(tmp_path)
    assert counts.read == 1
    assert places(tmp_path)["a.txt"] == ["3"]


def test_change_of_same_size_and_time_is_seen_when_it_came_at_once(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    file = tmp_path / "mo-hinh/A/a.txt"
    run(tmp_path)
    stamp = file.stat().st_mtime_ns
    file.write_text(FOUNDING.replace("12/QĐ", "13/QĐ"), "utf-8")
    os.utime(file, ns=(stamp, stamp))
    assert run(tmp_path)[1].documents[0].header.number_symbol == "13/QĐ-UBND"


def test_renamed_and_moved_file_is_placed_anew_without_reading(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    settle(tmp_path)
    run(tmp_path)
    new = tmp_path / "mo-hinh/B/06 Quyết định/ten moi.txt"
    new.parent.mkdir(parents=True)
    (tmp_path / "mo-hinh/A/a.txt").rename(new)
    counts, report = run(tmp_path)
    assert (counts.read, counts.placed_anew, counts.gone) == (0, 1, 0)
    assert [d.path for d in report.documents] == ["mo-hinh/B/06 Quyết định/ten moi.txt"]
    assert found(tmp_path, "camera") == ["mo-hinh/B/06 Quyết định/ten moi.txt"]


def test_deleted_file_leaves_report_and_index(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_txt=SURVEY)
    run(tmp_path)
    (tmp_path / "mo-hinh/A/a.txt").unlink()
    counts, report = run(tmp_path)
    assert counts.gone == 1
    assert [d.path for d in report.documents] == ["mo-hinh/A/b.txt"]
    assert found(tmp_path, '"thanh lap mo hinh"') == []


def test_full_scan_reads_everything_again(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    settle(tmp_path)
    before = run(tmp_path)[1]
    counts, after = run(tmp_path, full=True)
    assert counts.read == 1
    assert before.dossiers == after.dossiers


def test_many_workers_say_what_one_says(tmp_path: Path) -> None:
    put(tmp_path, **{f"a{n}_txt": (FOUNDING, SURVEY, PROPOSAL)[n % 3] + f"\n{n}" for n in range(12)})
    one = run(tmp_path, workers=1)[1]
    assert run(tmp_path, workers=3, full=True)[1].dossiers == one.dossiers


def test_changed_checklist_places_anew_without_reading(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING)
    settle(tmp_path)
    run(tmp_path)
    write(
        tmp_path,
        "checklists/mo_hinh.toml",
        'kind = "mo-hinh"\ntitle = "Mô hình"\nfolder_names = ["mo hinh"]\n'
        '[[item]]\nnumber = 1\ntitle = "Thành lập"\ncitation = "QĐ nội bộ"\nrule = "NB-01"\n'
        '[[item.parts]]\nid = "1"\ntitle = "Thành lập"\n'
        'requirements = [{ when = "always" }]\n'
        'phrases = [{ words = "thành lập", weight = 9 }]\n',
    )
    counts, report = run(tmp_path)
    assert (counts.read, counts.placed_anew) == (0, 1)
    assert [i.item for i in report.dossiers[0].items] == [1]
    assert report.dossiers[0].complete


def test_third_kind_of_dossier_needs_no_python(tmp_path: Path) -> None:
    write(
        tmp_path,
        "checklists/to_tu_quan.toml",
        'kind = "to-tu-quan"\ntitle = "Tổ tự quản"\nfolder_names = ["to tu quan"]\n'
        '[[item]]\nnumber = 1\ntitle = "Quyết định"\ncitation = "Quy chế 5"\nrule = "TQ-01"\n'
        '[[item.parts]]\nid = "1"\ntitle = "Quyết định"\nrequirements = [{ when = "always" }]\n'
        'types = { quyet-dinh = 3 }\nphrases = [{ words = "thành lập", weight = 4 }]\n',
    )
    write(tmp_path, "Tổ tự quản/Tổ 1/a.txt", FOUNDING)
    report = run(tmp_path)[1]
    assert [(d.kind, d.complete) for d in report.dossiers] == [("to-tu-quan", True)]


def test_decomposed_name_is_found_and_shown_composed(tmp_path: Path) -> None:
    write(tmp_path, unicodedata.normalize("NFD", "mo-hinh/A/Quyết định thành lập.txt"), FOUNDING)
    assert run(tmp_path)[1].documents[0].path == "mo-hinh/A/Quyết định thành lập.txt"
    assert found(tmp_path, "quyết định") == ["mo-hinh/A/Quyết định thành lập.txt"]


def test_originals_stay_as_they_were(tmp_path: Path) -> None:
    put(tmp_path, a_txt=FOUNDING, b_pdf="%PDF-1.4 hỏng", hoso_toml='name = "A"')
    settle(tmp_path)

    def picture() -> dict[Path, tuple[bytes, int, int]]:
        files = [p for p in tmp_path.rglob("*") if p.is_file() and ".dossier" not in p.parts]
        return {p: (p.read_bytes(), p.stat().st_mtime_ns, p.stat().st_mode) for p in files}

    before = picture()
    run(tmp_path)
    run(tmp_path, full=True)
    assert picture() == before


def test_edit_that_sets_its_time_back_is_seen_by_the_next_scan(tmp_path: Path) -> None:
    root = settled(tmp_path)
    run(root)
    file = root / "mo-hinh/A/a.txt"
    before = file.stat()
    with file.open("r+b") as opened:  # in place: the same inode and size
        opened.write(FOUNDING.replace("12/QĐ-UBND", "99/QĐ-UBND").encode())
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    report = run(root)[1]
    assert [d.header.number_symbol for d in report.documents if d.path.endswith("a.txt")] == ["99/QĐ-UBND"]
