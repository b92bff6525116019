"""Members of linked models and what lies in two dossiers at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from states import KINDS, judge, paper, rules, state

from dossier.checklists.retention import load_packs
from dossier.compliance import evaluate, neighbours
from dossier.model import DossierReport, DossierState, Manifest, Severity

TODAY = date(2026, 11, 24)
MEMBERS = ("Công an xã Hàm Thắng", "Công an xã Hàm Đức")


def lying(path: str, name: str = "Giáp ranh an toàn", **more: object) -> DossierState:
    given = state(name=name, **more)  # type: ignore[arg-type]
    documents = tuple(replace(d, path=d.path.replace("mo-hinh/A", path)) for d in given.documents)
    return replace(given, folder=replace(given.folder, path=path), documents=documents)


def archive(*states: DossierState) -> list[DossierReport]:
    copies = [(d.sha256, s.folder.path, d.path) for s in states for d in s.documents if d.ordinal == 1]
    around = neighbours([s.folder for s in states], [copy for copy in copies if copy[0]])
    return [evaluate(s, KINDS[s.folder.kind], load_packs(), TODAY, around=around) for s in states]


OWN = lying("Xã Hàm Thắng/Mô hình/Giáp ranh an toàn", manifest=Manifest(linked=True, members=MEMBERS))


def test_member_without_a_dossier_is_named() -> None:
    (report,) = archive(OWN)
    (finding,) = [f for f in report.findings if f.rule == "LK-02"]
    assert finding.severity is Severity.INFO
    assert "Công an xã Hàm Đức" in finding.message
    assert "Hàm Thắng" not in finding.message


@pytest.mark.parametrize(
    ("path", "name", "told"),
    [
        ("Xã Hàm Đức/Mô hình/Giáp ranh an toàn", "Giáp ranh an toàn", False),
        ("xa ham duc/mo hinh/MH giap ranh", "Giáp ranh an toàn xã Hàm Đức", False),
        ("Xã Hàm Đức/Mô hình/Camera", "Camera giám sát", True),
        ("Xã Hàm Liêm/Mô hình/Giáp ranh an toàn", "Giáp ranh an toàn", True),
    ],
)
def test_dossier_of_the_member_is_known_by_place_and_model(path: str, name: str, told: bool) -> None:
    report = archive(OWN, lying(path, name))[0]
    assert ("LK-02" in rules(report)) is told


def test_dossier_of_the_member_is_known_by_its_declared_unit() -> None:
    other = lying("mo-hinh/B", manifest=Manifest(unit="Công an xã Hàm Đức"))
    assert "LK-02" not in rules(archive(OWN, other)[0])


def test_members_are_taken_from_the_founding_decision() -> None:
    given = state(paper("6a", date(2024, 1, 1), members=MEMBERS))
    report = judge(given, TODAY)
    assert report.facts["members"].value == MEMBERS
    assert report.facts["linked"].value is True


def twice(linked: bool | None) -> tuple[DossierReport, DossierReport]:
    manifest = Manifest(linked=linked)
    one = state(replace(paper("6a"), sha256="x"), manifest=manifest)
    other = replace(
        one,
        folder=replace(one.folder, path="mo-hinh/B"),
        documents=tuple(replace(d, path="mo-hinh/B/copy.pdf") for d in one.documents),
    )
    first, second = archive(one, other)
    return first, second


def test_same_content_in_two_dossiers_is_told_in_both() -> None:
    for report in twice(None):
        (finding,) = [f for f in report.findings if f.rule == "TV-12"]
        assert finding.severity is Severity.INFO
        assert len(finding.documents) == 2


def test_members_of_a_linked_model_may_keep_the_same_papers() -> None:
    assert all("TV-12" not in rules(report) for report in twice(True))


def test_paper_that_lies_in_many_dossiers_names_a_few_and_counts_the_rest() -> None:
    one = state(replace(paper("6a"), sha256="x"))
    others = [
        replace(
            one,
            folder=replace(one.folder, path=f"mo-hinh/B{number}"),
            documents=tuple(replace(d, path=f"mo-hinh/B{number}/copy.pdf") for d in one.documents),
        )
        for number in range(9)
    ]
    for report in archive(one, *others):
        (finding,) = [f for f in report.findings if f.rule == "TV-12"]
        own, *named = finding.documents
        assert len(named) == 5
        assert own not in named
        assert "4 hồ sơ nữa" in finding.message


def test_founder_of_the_model_is_a_member_whose_dossier_this_is() -> None:
    members = ("UBND xã Hàm Thắng", "UBND xã Hàm Đức")
    founding = paper("6a", date(2024, 3, 5), issuing_body="ỦY BAN NHÂN DÂN XÃ HÀM THẮNG")
    survey = paper("1", date(2024, 1, 5), issuing_body="CÔNG AN XÃ HÀM THẮNG")
    own = lying("Giáp ranh", manifest=Manifest(linked=True, members=members))
    (report,) = archive(replace(own, documents=(founding, survey)))
    (found,) = [each for each in report.findings if each.rule == "LK-02"]
    assert found.subject == ("UBND xã Hàm Đức",)
