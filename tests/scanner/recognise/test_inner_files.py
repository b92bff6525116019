"""Files inside a file are documents of their own."""

from __future__ import annotations

from dossier.model import Content, Page
from dossier.scanner.recognise import recognise


def test_every_inner_file_begins_a_document_head_or_not() -> None:
    pages = (
        Page(1, "Kính gửi đồng chí"),
        Page(2, "danh sách", inner="a/ds.xlsx"),
        Page(3, "tiếp theo", inner="a/ds.xlsx"),
        Page(4, "ảnh chụp", inner="b.jpg"),
    )
    documents = recognise(Content("email", pages))
    assert [(d.ordinal, d.pages, d.name) for d in documents] == [
        (1, (1, 1), ""),
        (2, (2, 3), "a/ds.xlsx"),
        (3, (4, 4), "b.jpg"),
    ]
    assert [d.text for d in documents] == ["Kính gửi đồng chí", "danh sách\n\ftiếp theo", "ảnh chụp"]


def test_documents_within_an_inner_file_are_parted_too() -> None:
    head = (
        "ỦY BAN NHÂN DÂN\nXÃ HÀM THẮNG\nSố: {}/QĐ-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\nHàm Thắng, ngày 05 tháng 3 năm 2023\nQUYẾT ĐỊNH\nVề việc thành lập"
    )
    pages = (
        Page(1, "thư"),
        Page(2, head.format(1), inner="a.pdf"),
        Page(3, head.format(2), inner="a.pdf"),
        Page(4, head.format(3), inner="b.pdf"),
    )
    documents = recognise(Content("email", pages))
    assert [(d.pages, d.name, d.header.number_symbol) for d in documents[1:]] == [
        ((2, 2), "a.pdf", "1/QĐ-UBND"),
        ((3, 3), "a.pdf", "2/QĐ-UBND"),
        ((4, 4), "b.pdf", "3/QĐ-UBND"),
    ]
