"""Which documents are one paper: attacking cases first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossier.compliance.version_groups import sketch
from dossier.compliance.versions import papers, undecided
from dossier.model import Document, FieldReading, FieldSource, Form, Header, Paper, Reading, Signature

HEAD = Header(
    form=Form.STATE,
    type="quyet-dinh",
    number_symbol="12/QĐ-UBND",
    date=date(2023, 3, 5),
    issuing_body="ỦY BAN NHÂN DÂN XÃ HÀM THẮNG",
    abstract="Về việc thành lập mô hình Camera an ninh",
    signer="Nguyễn Văn An",
)


TEXT = " ".join(f"đoạn{n} về tuần tra khu phố" for n in range(60))


def doc(path: str, *, format: str = "pdf", reading: Reading = Reading.TEXT, **head: object) -> Document:
    header = replace(HEAD, **head)  # type: ignore[arg-type]
    return Document(path, 1, (1, 2), path, format, 1, reading, header)


def shape(*documents: Document) -> list[tuple[str, ...]]:
    return [tuple(d.path for d in paper.documents) for paper in papers(documents)]


def only(*documents: Document) -> Paper:
    (paper,) = papers(documents)
    return paper


def test_word_and_pdf_with_the_same_number_day_and_issuer_are_one_paper() -> None:
    assert shape(doc("a.docx", format="docx"), doc("b.pdf")) == [("b.pdf", "a.docx")]


def test_a_signed_file_counts_before_a_scan_and_a_scan_before_words() -> None:
    signed = replace(doc("z.pdf"), signatures=(Signature("pades", "An", None, True, False, ""),))
    scan = doc("y.pdf", reading=Reading.OCR)
    assert shape(doc("a.docx", format="docx"), scan, signed) == [("z.pdf", "y.pdf", "a.docx")]


def test_a_broken_signature_vouches_for_nothing() -> None:
    broken = replace(doc("a.pdf"), signatures=(Signature("pades", "An", None, False, False, ""),))
    assert only(broken, doc("b.pdf")).document.path == "b.pdf"


def test_a_draft_never_counts_before_what_was_issued() -> None:
    draft = doc("a.docx", format="docx", draft=True, number_symbol="/QĐ-UBND", date=None, partial_date="2023")
    issued = doc("b.pdf")
    (paper,) = papers((draft, issued), dict.fromkeys((draft.id, issued.id), sketch(TEXT)))
    assert paper.document.path == "b.pdf"


def test_an_authenticated_copy_counts_after_the_original() -> None:
    assert only(doc("a.pdf", copy="sao-y"), doc("b.docx", format="docx")).document.path == "b.docx"


@pytest.mark.parametrize(
    "other",
    [
        {"number_symbol": "13/QĐ-UBND"},
        {"date": date(2024, 3, 5)},
        {"issuing_body": "CÔNG AN XÃ HÀM THẮNG"},
        {"type": "ke-hoach", "abstract": "Hoạt động của Ban Chỉ đạo năm 2023", "number_symbol": "12/KH-UBND"},
        {"abstract": "Về việc nâng bậc lương thường xuyên cho cán bộ"},
    ],
)
def test_papers_that_differ_in_what_tells_them_apart_stay_two(other: dict[str, object]) -> None:
    assert len(papers((doc("a.pdf"), doc("b.pdf", **other)))) == 2


def test_numbers_that_begin_anew_each_year_are_not_taken_for_one() -> None:
    yearly = "Hoạt động của mô hình Camera an ninh năm {}"
    one = doc("a.pdf", abstract=yearly.format(2023))
    other = doc("b.pdf", abstract=yearly.format(2024), date=None)
    assert len(papers((one, other))) == 2


def test_a_draft_that_fits_two_papers_is_given_to_neither() -> None:
    fits = {"abstract": "Về việc tặng giấy khen cho cá nhân tiêu biểu"}
    issued = (doc("a.pdf", **fits), doc("b.pdf", number_symbol="13/QĐ-UBND", **fits))
    draft = doc("c.docx", draft=True, number_symbol="/QĐ-UBND", date=None, **fits)
    texts = dict.fromkeys((draft.id, *(each.id for each in issued)), sketch(TEXT))
    assert len(papers((*issued, draft), texts)) == 3


def test_drafts_written_by_one_pattern_are_told_apart_by_their_texts() -> None:
    pattern = {"number_symbol": "/GP-SCT", "date": None, "partial_date": "2026-07", "type": "giay-phep"}
    one, other = doc("a.docx", **pattern), doc("b.docx", **pattern)
    assert len(papers((one, other))) == 2
    texts = {one.id: sketch(TEXT), other.id: sketch(TEXT.replace("khu phố", "bến xe"))}
    assert len(papers((one, other), texts)) == 2


def test_a_number_that_was_read_in_doubt_joins_nothing() -> None:
    doubt = {"number_symbol": FieldReading(0.4, FieldSource.HANDWRITING, ("12/QĐ-UBND", "17/QĐ-UBND"))}
    other = doc("b.pdf", fields=doubt, abstract="Về việc ban hành nội quy")
    assert len(papers((doc("a.pdf"), other))) == 2


def test_two_undated_files_of_one_number_are_one_paper() -> None:
    assert shape(doc("a.docx", format="docx", date=None), doc("b.pdf", date=None)) == [("b.pdf", "a.docx")]


def test_what_bears_a_stamp_of_secrecy_is_compared_with_nothing() -> None:
    secret = replace(doc("b.pdf"), security="mat", sha256="")
    assert len(papers((doc("a.pdf"), secret))) == 2


def test_what_differs_between_versions_is_told() -> None:
    scan = doc("b.pdf", reading=Reading.OCR, date=date(2023, 3, 8), signer="Nguyễn Văn Ân")
    told = {(d.field, d.counts, d.other) for d in only(doc("a.docx", format="docx"), scan).differences}
    assert ("date", "2023-03-08", "2023-03-05") in told
    assert ("signer", "Nguyễn Văn Ân", "Nguyễn Văn An") not in told  # the same without diacritics
    longer = replace(doc("c.pdf"), pages=(1, 5))
    assert {d.field for d in only(doc("a.pdf"), longer).differences} == {"pages"}


def test_a_regulation_under_the_number_of_a_decision_is_attached_to_it() -> None:
    regulation = doc("quy che.pdf", type="quy-che", abstract="Hoạt động của Ban Chỉ đạo mô hình")
    paper = only(doc("qd.pdf"), regulation)
    assert [annex.document.path for annex in paper.annexes] == ["quy che.pdf"]


def test_versions_of_an_attached_regulation_stay_together() -> None:
    head = {"type": "quy-che", "abstract": "Hoạt động của Ban Chỉ đạo mô hình"}
    paper = only(doc("qd.pdf"), doc("qc.docx", format="docx", **head), doc("qc.pdf", **head))
    assert [[d.path for d in annex.documents] for annex in paper.annexes] == [["qc.pdf", "qc.docx"]]


def test_an_annex_that_says_the_number_alone_is_attached_to_the_one_decision_of_it() -> None:
    annex = doc("q.pdf", type="quy-che", abstract="Hoạt động của Ban Chỉ đạo mô hình", date=None)
    assert [paper.document.path for paper in papers([doc("a.pdf"), annex])] == ["a.pdf"]
    assert len(papers([doc("a.pdf"), doc("b.pdf", date=date(2024, 3, 5)), annex])) == 3


def test_two_decisions_given_one_number_on_one_day_stay_two() -> None:
    committee = doc("b.pdf", abstract="Về việc thành lập Ban Chỉ đạo mô hình Camera an ninh")
    assert shape(doc("a.pdf"), committee) == [("a.pdf",), ("b.pdf",)]


def test_a_regulation_without_its_decision_stands_by_itself() -> None:
    assert len(papers((doc("qc.pdf", type="quy-che"),))) == 1


def test_the_order_of_the_documents_changes_nothing() -> None:
    given = (
        doc("a.docx", format="docx"),
        doc("b.pdf"),
        doc("c.pdf", date=None),
        doc("d.pdf", number_symbol=""),
    )
    assert len({tuple(shape(*each)) for each in permutations(given)}) == 1


def draft_and_issued(**draft: object) -> tuple[Document, Document]:
    head = {"draft": True, "number_symbol": "/QĐ-UBND", "date": None, "abstract": "", **draft}
    return doc("a.docx", format="docx", **head), doc("b.pdf")


def test_a_draft_without_an_abstract_is_known_by_its_text() -> None:
    pair = draft_and_issued()
    assert {each.path for each in undecided(pair)} == {"a.docx", "b.pdf"}
    texts = {pair[0].id: sketch(TEXT), pair[1].id: sketch("Số: 12/QĐ-UBND " + TEXT)}
    assert [len(paper.documents) for paper in papers(pair, texts)] == [2]
    assert len(papers(pair, {**texts, pair[1].id: sketch(TEXT.replace("tuần tra", "họp dân"))})) == 2


@pytest.mark.parametrize(
    "other", [{"periods": ("2024",)}, {"partial_date": "2021"}, {"number_symbol": "/QĐ-CAX"}]
)
def test_texts_that_recur_are_not_taken_for_one_paper(other: dict[str, object]) -> None:
    one, issued = draft_and_issued(**other)
    issued = replace(issued, header=replace(issued.header, periods=("2023",)))
    assert len(papers((one, issued), dict.fromkeys((one.id, issued.id), sketch(TEXT)))) == 2


def test_a_text_like_two_papers_is_given_to_neither() -> None:
    one, issued = draft_and_issued()
    other = doc("c.pdf", number_symbol="13/QĐ-UBND")
    texts = dict.fromkeys((one.id, issued.id, other.id), sketch(TEXT))
    assert len(papers((one, issued, other), texts)) == 3


def test_papers_that_bear_their_numbers_need_no_text() -> None:
    assert undecided((doc("a.pdf"), doc("b.pdf", number_symbol="13/QĐ-UBND"))) == []


heads = st.fixed_dictionaries(
    {
        "number_symbol": st.sampled_from(["", "12/QĐ-UBND", "/QĐ-UBND", "012/QĐ-UBND", "x"]),
        "date": st.sampled_from([None, date(2023, 3, 5), date(2024, 3, 5)]),
        "type": st.sampled_from(["", "quyet-dinh", "quy-che", "ke-hoach"]),
        "abstract": st.sampled_from(
            ["", "Về việc thành lập mô hình Camera", "Về việc thành lập mô hình Camera an ninh"]
        ),
        "issuing_body": st.sampled_from(["", "UBND xã Hàm Thắng", "Công an xã Hàm Thắng"]),
        "draft": st.booleans(),
    }
)


@given(st.lists(heads, max_size=7))
def test_every_document_is_in_exactly_one_paper(found: list[dict[str, object]]) -> None:
    documents = [doc(f"{at}.pdf", **head) for at, head in enumerate(found)]
    told = [each.path for paper in papers(documents) for each in paper.documents]
    assert sorted(told) == sorted(d.path for d in documents)


def test_thousands_of_papers_are_compared_in_moments() -> None:
    same = [
        doc(f"{n}.pdf", number_symbol="", abstract=f"Về việc thành lập tổ số {'x' * (n % 97)} của xã")
        for n in range(4000)
    ]
    assert papers(same)
