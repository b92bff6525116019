"""Archives as found: folders that look like dossiers are proposed, and taken on a person's word."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from archives import FOUNDING, PROPOSAL, SURVEY, again, paper, run, write

from dossier.archive import open_archive
from dossier.errors import ExitCode, UsageError
from dossier.model import Hint, Unsorted, in_brief
from dossier.usecases import adopt as use
from dossier.usecases.assess import outcome
from dossier.usecases.backup import backup
from dossier.usecases.restore import restore

GUIDANCE = paper("KẾ HOẠCH", "77/KH-CAT", "Xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc năm 2024")
_OTHER = {
    "qd.txt": paper("QUYẾT ĐỊNH", "31/QĐ-UBND", "Về việc thành lập mô hình “Chợ không rác”"),
    "ks.txt": paper("KẾ HOẠCH", "30/KH-UBND", "Khảo sát địa bàn xây dựng mô hình “Chợ không rác”"),
    "dx.txt": paper("TỜ TRÌNH", "29/TTr-UBND", "Về việc đề xuất xây dựng mô hình “Chợ không rác”"),
}
_OWN = {"qd.txt": FOUNDING, "ks.txt": SURVEY, "dx.txt": PROPOSAL}


def lay(root: Path, pattern: str, papers: dict[str, str] = _OWN, name: str = "Camera an ninh") -> None:
    """Papers in folders: ``{n}`` the model, ``{step}``, ``{type}``, ``{year}`` of the paper."""
    types = {"qd.txt": "Quyết định", "ks.txt": "Kế hoạch", "dx.txt": "Tờ trình"}
    for number, (file, text) in enumerate(papers.items()):
        folder = pattern.format(n=name, step=3 - number, type=types[file], year=2022 + number % 2)
        write(root, f"{folder}/{file}", text)


def proposed(root: Path) -> dict[str, tuple[str, str]]:
    report = run(root)[1]
    return {each.path: (each.kind, each.name) for each in report.proposals}


LAYOUTS = {
    "HO SO 2024/MH {n}": "HO SO 2024/MH Camera an ninh",
    "HO SO 2024/mo hinh {n}": "HO SO 2024/mo hinh Camera an ninh",
    "2024/01. Hồ sơ mô hình {n}/{step}": "2024/01. Hồ sơ mô hình Camera an ninh",
    "{n}/{year}": "Camera an ninh",
    "{n}/Bước {step}": "Camera an ninh",
    "Phong trào/{n}/{type}": "Phong trào/Camera an ninh",
    "{n}": "Camera an ninh",
    "CA xã/Phong trào/HO SO/{n}/1. Ho so thanh lap": "CA xã/Phong trào/HO SO/Camera an ninh",
    "2024/Giấy tờ chị Lan/{n}/scan": "2024/Giấy tờ chị Lan/Camera an ninh",
    "Năm 2024/việc của tổ 3/Bước {step}": "Năm 2024/việc của tổ 3",
    "HO SO 2024/{n}/B{step} khao sat": "HO SO 2024/Camera an ninh",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_folder_of_a_model_is_proposed_whole(tmp_path: Path, layout: str) -> None:
    lay(tmp_path, layout)
    write(tmp_path, "Văn bản cấp trên/kh.txt", GUIDANCE)
    assert proposed(tmp_path) == {LAYOUTS[layout]: ("mo-hinh", "Camera an ninh")}


@pytest.mark.parametrize("layout", ["{year}", "Bước {step}", "{type}"])
def test_archive_that_is_one_dossier_is_proposed_itself(tmp_path: Path, layout: str) -> None:
    lay(tmp_path, layout)
    assert proposed(tmp_path) == {".": ("mo-hinh", "Camera an ninh")}


def test_each_of_several_models_is_proposed(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/{n}/{type}")
    lay(tmp_path, "HO SO 2024/{n}/Bước {step}", _OTHER, "cho khong rac")
    assert proposed(tmp_path) == {
        "HO SO 2024/Camera an ninh": ("mo-hinh", "Camera an ninh"),
        "HO SO 2024/cho khong rac": ("mo-hinh", "Chợ không rác"),
    }


def test_paper_of_another_model_in_a_folder_changes_nothing(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/{n}")
    write(tmp_path, "HO SO 2024/Camera an ninh/lac.txt", _OTHER["qd.txt"])
    assert proposed(tmp_path) == {"HO SO 2024/Camera an ninh": ("mo-hinh", "Camera an ninh")}


def test_decomposed_names_are_proposed_and_taken(tmp_path: Path) -> None:
    lay(tmp_path, unicodedata.normalize("NFD", "Hồ sơ 2024/Mô hình {n}/{type}"))
    assert proposed(tmp_path) == {"Hồ sơ 2024/Mô hình Camera an ninh": ("mo-hinh", "Camera an ninh")}
    archive = open_archive(tmp_path)
    use.adopt_proposed(archive, use.proposals(archive))
    assert [d.path for d in run(tmp_path)[1].dossiers] == ["Hồ sơ 2024/Mô hình Camera an ninh"]


def test_folder_without_any_model_is_not_proposed(tmp_path: Path) -> None:
    for number in range(4):
        write(tmp_path, f"Văn bản cấp trên/{number}.txt", GUIDANCE)
        write(tmp_path, f"ĐH Chi bộ 2025/{number}.txt", paper("BÁO CÁO", f"{number}/BC", "Kết quả thu quỹ"))
    assert proposed(tmp_path) == {}


def test_reasons_name_the_founding_paper(tmp_path: Path) -> None:
    lay(tmp_path, "{n}/Bước {step}")
    (proposal,) = run(tmp_path)[1].proposals
    told = {each.hint: (each.text, each.documents) for each in proposal.reasons}
    assert told[Hint.FOUNDING] == ("12/QĐ-UBND", ("Camera an ninh/Bước 3/qd.txt#1",))
    assert told[Hint.DIVIDED][0] == "Bước 1"


def test_proposals_that_wait_are_told_by_the_exit_code(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}")
    report = run(tmp_path)[1]
    assert (report.unsorted, outcome(in_brief(report))) == (Unsorted.NO_DOSSIER, ExitCode.FINDINGS)


def test_archive_without_any_dossier_is_not_complete(tmp_path: Path) -> None:
    write(tmp_path, "rời/kh.txt", GUIDANCE)
    report = run(tmp_path)[1]
    assert (report.unsorted, outcome(in_brief(report))) == (Unsorted.NO_DOSSIER, ExitCode.FINDINGS)


def test_much_outside_the_dossiers_is_told_until_a_person_says_that_it_is_none(tmp_path: Path) -> None:
    lay(tmp_path, "Mô hình/{n}")
    for number in range(12):
        write(tmp_path, f"công văn/{number}.txt", GUIDANCE + str(number))
    assert run(tmp_path)[1].unsorted is Unsorted.MANY_OUTSIDE
    use.adopt(open_archive(tmp_path), [str(tmp_path / "công văn")], none=True)
    assert again(open_archive(tmp_path)).unsorted is None


def test_adopted_folder_is_a_dossier_and_nothing_is_written_into_it(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}/{type}")
    run(tmp_path)
    before = sorted(tmp_path.rglob("*.*"))
    archive = open_archive(tmp_path)
    use.adopt_proposed(archive, use.proposals(archive))
    counts, report = run(tmp_path)
    (dossier,) = report.dossiers
    assert (dossier.path, dossier.name, counts.placed_anew) == (
        "HO SO 2024/MH Camera an ninh",
        "Camera an ninh",
        3,
    )
    assert sorted(d.placements[0].part for d in report.documents) == ["1", "3", "6a"]
    assert (report.outside.files, report.proposals) == ((), ())
    assert [p for p in sorted(tmp_path.rglob("*.*")) if ".dossier" not in p.parts] == [
        p for p in before if ".dossier" not in p.parts
    ]


def test_adoption_survives_scans_and_is_undone(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}")
    run(tmp_path)
    archive = open_archive(tmp_path)
    use.adopt(archive, ["HO SO 2024/MH Camera an ninh"], kind="điển hình", name="Gương ông A")
    for _again in range(2):
        (dossier,) = run(tmp_path)[1].dossiers
        assert (dossier.kind, dossier.name) == ("dien-hinh", "Gương ông A")
    use.undo(archive, ["HO SO 2024/MH Camera an ninh"])
    report = run(tmp_path)[1]
    assert (report.dossiers, len(report.proposals)) == ((), 1)
    assert [each.ended_by != "" for each in use.adoptions(archive, history=True)] == [True]


def test_refused_folder_is_not_proposed_again(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}")
    run(tmp_path)
    use.adopt(open_archive(tmp_path), ["HO SO 2024/MH Camera an ninh"], none=True)
    report = run(tmp_path)[1]
    assert (report.dossiers, report.proposals) == ((), ())


def test_adoption_comes_back_with_a_backup(tmp_path: Path) -> None:
    lay(tmp_path / "kho", "HO SO 2024/MH {n}")
    run(tmp_path / "kho")
    archive = open_archive(tmp_path / "kho")
    use.adopt_proposed(archive, use.proposals(archive))
    run(tmp_path / "kho")
    backup(archive, tmp_path / "sao-luu.zip")
    use.undo(archive, ["HO SO 2024/MH Camera an ninh"])
    restore(archive, tmp_path / "sao-luu.zip", force=True)
    assert [d.name for d in run(tmp_path / "kho")[1].dossiers] == ["Camera an ninh"]


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("HO SO 2024", "chứa hồ sơ"),
        ("HO SO 2024/MH Camera an ninh/Quyết định", "nằm trong hồ sơ"),
        ("không có", "Không có thư mục"),
        ("../..", "Không có thư mục"),
    ],
)
def test_folder_around_or_in_a_dossier_is_refused(tmp_path: Path, folder: str, said: str) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}/{type}")
    run(tmp_path)
    archive = open_archive(tmp_path)
    use.adopt_proposed(archive, use.proposals(archive))
    run(tmp_path)
    with pytest.raises(UsageError, match=said):
        use.adopt(archive, [folder])


def test_exemplar_in_the_folder_of_its_model_is_taken_too(tmp_path: Path) -> None:
    lay(tmp_path, "MH {n}")
    inner = "MH Camera an ninh/Điển hình ông Lê Văn Tám"
    about = "Xây dựng, bồi dưỡng điển hình tiên tiến ông Lê Văn Tám"
    write(tmp_path, f"{inner}/kh.txt", paper("KẾ HOẠCH", "41/KH-CAX", about))
    run(tmp_path)
    archive = open_archive(tmp_path)
    use.adopt_proposed(archive, use.proposals(archive))
    found = run(tmp_path)[1].dossiers
    assert {each.path: each.kind for each in found} == {"MH Camera an ninh": "mo-hinh", inner: "dien-hinh"}
    assert {each.path: each.files for each in found} == {"MH Camera an ninh": 3, inner: 1}


def test_kind_is_named_as_people_do(tmp_path: Path) -> None:
    lay(tmp_path, "A B")
    run(tmp_path)
    for said in ("mô hình", "MH", "mo-hinh", "Hồ sơ mô hình"):
        assert use.adopt(open_archive(tmp_path), ["A B"], kind=said)[0].kind == "mo-hinh"
    with pytest.raises(UsageError, match="Không có loại hồ sơ"):
        use.adopt(open_archive(tmp_path), ["A B"], kind="mo hin")


def test_numbers_choose_among_proposals(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO/{n}")
    lay(tmp_path, "HO SO/{n}", _OTHER, "Chợ không rác")
    found = run(tmp_path)[1].proposals
    assert use.chosen(found, "2") == [found[1]]
    assert use.chosen(found, "1-2") == use.chosen(found, "tất cả") == list(found)
    assert use.chosen(found, "2-1") == use.chosen(found, "1, 2") == list(found)
    for wrong in ("3", "0", "x", "1-9"):
        with pytest.raises(UsageError):
            use.chosen(found, wrong)


def test_number_where_nothing_is_proposed_says_so() -> None:
    with pytest.raises(UsageError, match="Không còn thư mục nào được đề xuất"):
        use.chosen([], "1")


def test_folder_named_like_a_row_is_the_folder(tmp_path: Path) -> None:
    lay(tmp_path, "2024/{n}")
    run(tmp_path)
    archive = open_archive(tmp_path)
    assert use.by_row(archive, ["2024"]) == ["2024"]
    assert use.by_row(archive, ["1-1"]) == ["2024/Camera an ninh"]
    with pytest.raises(UsageError, match="thư mục số 2023"):
        use.by_row(archive, ["2023"])


def test_unchanged_archive_is_not_looked_through_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}")
    run(tmp_path)
    monkeypatch.setattr("dossier.usecases.suggesting.propose", lambda *_: pytest.fail("looked through again"))
    assert len(run(tmp_path)[1].proposals) == 1


def test_name_that_a_person_gave_tells_what_the_papers_are_about(tmp_path: Path) -> None:
    lay(tmp_path, "việc của tổ 3")
    run(tmp_path)
    archive = open_archive(tmp_path)
    use.adopt(archive, ["việc của tổ 3"], name="Vườn rau sạch khu phố")
    run(tmp_path)
    use.adopt(archive, ["việc của tổ 3"], name="Camera an ninh")
    counts, report = run(tmp_path)
    assert (counts.placed_anew, report.dossiers[0].name) == (3, "Camera an ninh")
    assert "6a" in {p.part for d in report.documents for p in d.placements if not d.review}


def test_adopted_folder_that_is_renamed_stays_adopted(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}/{type}")
    run(tmp_path)
    archive = open_archive(tmp_path)
    use.adopt_proposed(archive, use.proposals(archive))
    run(tmp_path)
    (tmp_path / "HO SO 2024/MH Camera an ninh").rename(tmp_path / "HO SO 2024/của tổ 3")
    counts, report = run(tmp_path)
    assert [(d.path, d.name) for d in report.dossiers] == [("HO SO 2024/của tổ 3", "Camera an ninh")]
    assert (counts.read, [each.path for each in use.adoptions(archive)]) == (0, ["HO SO 2024/của tổ 3"])


def test_adopted_folder_that_is_gone_is_told_as_lost(tmp_path: Path) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}")
    lay(tmp_path, "Mô hình/{n}", _OTHER, "Chợ không rác")
    run(tmp_path)
    archive = open_archive(tmp_path)
    use.adopt_proposed(archive, use.proposals(archive))
    run(tmp_path)
    for file in (tmp_path / "HO SO 2024/MH Camera an ninh").iterdir():
        file.unlink()
    (tmp_path / "HO SO 2024/MH Camera an ninh").rmdir()
    report = run(tmp_path)[1]
    assert [f.documents for f in report.findings if f.rule == "TV-18"] == [("HO SO 2024/MH Camera an ninh",)]


@pytest.mark.parametrize(
    ("folder", "said"),
    [(".dossier", "thư mục ẩn"), ("A/.ẩn/B", "thư mục ẩn"), ("$RECYCLE.BIN", "thư mục ẩn"),
     ("Hộp thư đến/A", "hộp thư đến")],
)  # fmt: skip
def test_folder_that_no_scan_looks_into_is_refused(tmp_path: Path, folder: str, said: str) -> None:
    lay(tmp_path, "HO SO 2024/MH {n}/{type}")
    run(tmp_path)
    (tmp_path / folder).mkdir(parents=True, exist_ok=True)
    with pytest.raises(UsageError, match=said):
        use.adopt(open_archive(tmp_path), [folder])
