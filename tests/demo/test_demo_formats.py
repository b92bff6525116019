"""The files of the sample archive open in other people's programs and say what the truth says."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pypdfium2

from dossier.demo import form
from dossier.demo.office import SampleOffice
from dossier.demo.paper import Columns
from dossier.demo.printing import BLANK, Printing, prepared

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Sample


OFFICE = SampleOffice(
    "UBND HUYỆN A", ("UBND XÃ HÀM THẮNG",), "UBND", "CHỦ TỊCH", "UBND XÃ", ("", "A"), ("", "B"), ""
)


def squashed(text: str) -> str:
    """Without any white space: line breaks fall anywhere."""
    return "".join(text.split())


def pdf_pages(path: Path) -> list[str]:
    """The text of every page."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def word_text(path: Path) -> str:
    """Everything in the body of a Word file, tables in their place."""
    return squashed("".join(docx.Document(str(path)).element.body.itertext()))


def shown(document: dict[str, Any]) -> list[str]:
    """What of the truth must stand in the text, without white space."""
    told = [document["number_symbol"], document["abstract"], document["issuing_body"], document["signer"]]
    return [squashed(value) for value in told]


def test_word_files_say_what_the_truth_says(plain: Sample) -> None:
    for file in plain.files("docx"):
        text = word_text(plain.real[file["path"]])
        assert all(value in text for document in file["documents"] for value in shown(document))


def test_word_heads_stand_in_a_table(plain: Sample) -> None:
    heads = [
        docx.Document(str(plain.real[file["path"]])).tables[0].cell(0, 1).text
        for file in plain.files("docx")
        if file["documents"][0]["issuing_body"]
    ]
    assert all("CỘNG HÒA XÃ HỘI" in head or "ĐẢNG CỘNG SẢN" in head for head in heads)


def test_plain_pdf_pages_say_what_the_truth_says_in_order(as_drawn: Sample) -> None:
    for file in as_drawn.files("pdf"):
        pages = pdf_pages(as_drawn.real[file["path"]])
        assert file["printed"] == "plain"
        for document in file["documents"]:
            first, last = document["pages"]
            text = squashed("".join(pages[first - 1 : last]))
            assert all(value in text for value in shown(document)), (file["path"], shown(document))


def test_letters_of_a_second_font_stand_behind_the_others_in_the_file(plain: Sample) -> None:
    files = [file for file in plain.files("pdf") if file["printed"] == "fonts"]
    texts = [squashed(pdf_pages(plain.real[file["path"]])[0]) for file in files]
    assert not all("CỘNGHÒA" in text or "ĐẢNGCỘNG" in text for text in texts)
    known = [sorted(value) for file in files for value in shown(file["documents"][0])]
    assert all(Counter(value) <= Counter("".join(texts)) for value in known)


def test_numbers_of_an_e_office_stand_only_in_the_look_of_a_field(plain: Sample) -> None:
    file = next(file for file in plain.files("pdf") if file["printed"] == "stamp")
    document = file["documents"][0]
    page = pypdf.PdfReader(plain.real[file["path"]]).pages[0]
    fields = [field.get_object() for field in page["/Annots"]]
    assert {field["/FT"] for field in fields} == {"/Sig"}
    assert squashed(document["number_symbol"]) not in squashed(page.extract_text())
    assert squashed(document["number_symbol"]).lstrip("0123456789") in squashed(page.extract_text())


def test_numbers_written_by_hand_are_not_printed(scanned: Sample) -> None:
    by_hand = [file for file in scanned.files("pdf", scan=True) if file["printed"] == "pen"]
    assert by_hand
    block = form.head(OFFICE, "12/QĐ-UBND", date(2023, 3, 5), "Hàm Thắng")
    (head,) = prepared((block,), Printing(filled="pen"))
    assert isinstance(head, Columns)
    assert [
        (line.text.replace(BLANK, ""), line.filled) for line in (*head.left, *head.right) if line.filled
    ] == [
        ("Số:/QĐ-UBND", "12"),
        ("Hàm Thắng, ngàytháng 3 năm 2023", "05"),
    ]


def test_pages_of_a_pdf_are_shared_out_without_gaps(plain: Sample) -> None:
    for file in plain.files("pdf"):
        spans = [document["pages"] for document in file["documents"]]
        ends = [0, *(last for _, last in spans)]
        assert [first for first, _ in spans] == [end + 1 for end in ends[:-1]]
        assert ends[-1] == len(pdf_pages(plain.real[file["path"]]))


def test_some_pdf_files_hold_several_documents(plain: Sample) -> None:
    assert any(len(file["documents"]) > 1 for file in plain.files("pdf"))


def test_scans_have_no_text_layer(scanned: Sample) -> None:
    scans = scanned.files("pdf", scan=True)
    assert scans
    assert not any("".join(pdf_pages(scanned.real[file["path"]])) for file in scans)


def test_a_scanned_page_is_small(scanned: Sample) -> None:
    for file in scanned.files("pdf", scan=True):
        pages = file["documents"][-1]["pages"][1]
        assert scanned.real[file["path"]].stat().st_size <= pages * 150 * 1024


def test_without_scans_there_are_none(plain: Sample) -> None:
    assert not plain.files("pdf", scan=True)
