"""A document that names another dossier of the archive, and not its own, is told to be in the wrong place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from states import KINDS, paper, state

from dossier.checklists.retention import load_packs
from dossier.compliance import evaluate, neighbours
from dossier.model import DossierState, Source

TODAY = date(2026, 11, 24)
DAY = date(2023, 3, 5)


def named(name: str, title: str) -> DossierState:
    document = paper("6a", DAY)
    document = replace(document, header=replace(document.header, abstract=title))
    given = state(document, name=name)
    return replace(given, folder=replace(given.folder, path=f"mo-hinh/{name}"))


def told(name: str, title: str, *others: str) -> list[str]:
    own = named(name, title)
    around = neighbours([own.folder, *(named(each, "").folder for each in others)])
    report = evaluate(own, KINDS["mo-hinh"], load_packs(), TODAY, around=around)
    return [each.message for each in report.findings if each.rule == "TV-07"]


def test_paper_that_names_another_dossier_and_not_its_own_is_told() -> None:
    (message,) = told("Camera an ninh", "Thành lập mô hình “Tiếng kẻng bình yên”", "Tiếng kẻng bình yên")
    assert "mo-hinh/Tiếng kẻng bình yên" in message


def test_paper_that_names_its_own_dossier_too_is_not() -> None:
    title = "Xếp loại mô hình “Camera an ninh”, “Tiếng kẻng bình yên”"
    assert not told("Camera an ninh", title, "Tiếng kẻng bình yên")


def test_paper_that_names_several_others_is_not() -> None:
    title = "Xếp loại mô hình “Cổng trường an toàn”, “Tiếng kẻng bình yên”"
    assert not told("Camera an ninh", title, "Tiếng kẻng bình yên", "Cổng trường an toàn")


def test_name_inside_that_of_its_own_dossier_is_not_anothers() -> None:
    assert not told("Camera an ninh thôn 3", "Thành lập mô hình Camera an ninh", "Camera an ninh")


def test_longer_of_two_names_counts() -> None:
    title = "Thành lập mô hình “Tiếng kẻng bình yên thôn 4”"
    (message,) = told("Camera an ninh", title, "Tiếng kẻng bình yên", "Tiếng kẻng bình yên thôn 4")
    assert "thôn 4" in message


def test_name_of_two_words_tells_nothing() -> None:
    assert not told("Camera an ninh", "Thành lập mô hình “Bình yên” tại chợ", "Bình yên")


def test_paper_that_a_person_placed_is_not_told() -> None:
    own = named("Camera an ninh", "Thành lập mô hình “Tiếng kẻng bình yên”")
    (document,) = own.documents
    placed = tuple(replace(each, source=Source.PERSON) for each in document.placements)
    own = replace(own, documents=(replace(document, placements=placed),))
    around = neighbours([own.folder, named("Tiếng kẻng bình yên", "").folder])
    report = evaluate(own, KINDS["mo-hinh"], load_packs(), TODAY, around=around)
    assert "TV-07" not in {each.rule for each in report.findings}
