"""Papers in several files, as people and machines are told of them."""

from __future__ import annotations

import json
from dataclasses import replace

from specimen import complete, document, holding, report

import reports
from dossier.model import Document
from reports import versions


def two() -> tuple[Document, Document]:
    one = document("mo-hinh/Camera an ninh/a.pdf", "1")
    header = replace(one.header, signer="Trần Văn Bình")
    return one, replace(
        one, path="mo-hinh/Camera an ninh/b.docx", format="docx", sha256="1" * 64, header=header
    )


def test_the_version_that_counts_is_named_first_and_what_differs_is_told() -> None:
    dossier = holding(complete(), *two())
    assert list(versions.lines(dossier.papers, dossier.path)) == [
        "Quyết định số 12/QĐ-UBND ngày 05/03/2023: Về việc thành lập mô hình Camera an ninh: "
        "bản được tính là a.pdf",
        "  bản khác: b.docx (người ký: Trần Văn Bình, bản được tính: Nguyễn Văn An)",
    ]


def test_papers_in_one_file_are_not_told() -> None:
    assert list(versions.lines(complete().papers, complete().path)) == []


def test_machines_get_ids_and_what_differs() -> None:
    dossier = holding(complete(), *two())
    told = json.loads(reports.render("json", report(dossier)))["dossiers"][0]["papers"]
    (paper,) = told
    assert paper["document"].endswith("a.pdf#1") and paper["versions"][0].endswith("b.docx#1")
    assert paper["differences"][0]["field"] == "signer"


def test_the_page_shows_them_under_their_dossier() -> None:
    page = reports.render("html", report(holding(complete(), *two()))).decode()
    assert "Cùng một văn bản ở nhiều tệp" in page and "bản khác: b.docx" in page
