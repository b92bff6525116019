"""What is missing looks another way than what merely should be there."""

from __future__ import annotations

import json
from dataclasses import replace

from specimen import complete, document, item, report

import reports
from dossier.i18n import speaking
from dossier.model import (
    DossierReport,
    FieldReading,
    FieldSource,
    Finding,
    PartResult,
    Severity,
    Status,
)
from dossier.model.briefs import dossier_in_brief
from reports import looks


def lacking_a_review() -> DossierReport:
    """Complete, but for an interim review, which is only advised."""
    review = PartResult("15b", "Báo cáo sơ kết", Status.MISSING, required=False)
    return replace(complete(), items=(*complete().items, item(15, "Sơ kết", review, status=Status.MISSING)))


def test_what_leaves_the_dossier_complete_is_advised_and_not_missing() -> None:
    advised = lacking_a_review().items[-1]
    assert looks.item(advised).kind == looks.part(advised.parts[0]).kind == "advised"
    missing = replace(advised, parts=(replace(advised.parts[0], required=True),))
    assert looks.item(missing).kind == looks.part(missing.parts[0]).kind == "missing"


def test_what_is_not_required_yet_does_not_look_optional() -> None:
    yearly = PartResult("13a", "Văn bản đề xuất", Status.NOT_APPLICABLE, required=False, later=True)
    optional = PartResult("13c", "Quyết định khen thưởng", Status.NOT_APPLICABLE, required=False)
    whole = replace(item(13, "Xếp loại", yearly, status=Status.NOT_APPLICABLE), parts=(yearly, optional))
    only_optional = replace(whole, parts=(optional,))
    assert [looks.item(whole).word, looks.part(looks.shown_parts(whole)[0]).word] == ["chưa đến kỳ"] * 2
    assert looks.item(only_optional).word == looks.part(optional).word == "không bắt buộc"
    assert {looks.item(whole), looks.item(only_optional)} <= set(looks.legend())
    assert looks.share(replace(complete(), items=(*complete().items, whole))) == looks.share(complete())


def test_complete_dossier_has_all_of_the_items_that_are_asked_for() -> None:
    right, asked = looks.share(lacking_a_review())
    assert right == asked


def test_complete_dossier_with_a_stamp_of_secrecy_does_not_look_all_right() -> None:
    stamped = Finding("MAT-01", Severity.ERROR, "Văn bản có dấu “Mật”.", "Luật 117/2025/QH15")
    alarmed = replace(complete(), findings=(stamped,))
    assert (looks.complete(complete()).symbol, looks.complete(complete()).colour) == ("✓", "green")
    for told in (alarmed, dossier_in_brief(alarmed)):
        look = looks.complete(told)
        assert (look.symbol, look.colour) == ("!", "red")
        assert "mật" in look.word
    page = reports.render("html", report(alarmed)).decode()
    assert "✓ đầy đủ" not in page
    assert json.loads(reports.render("json", report(alarmed)))["dossiers"][0]["status"] == "complete"


def test_lacking_parts_are_told_apart() -> None:
    dossier = lacking_a_review()
    assert looks.lacking(dossier, required=True) == []
    assert looks.lacking_words(dossier) == "nên bổ sung: 15b"


def test_page_shows_no_red_mark_in_a_complete_dossier() -> None:
    page = reports.render("html", report(lacking_a_review())).decode()
    assert 's advised"' in page
    assert 'td class="s missing"' not in page


def test_every_field_that_can_be_in_doubt_has_words() -> None:
    names = ("number_symbol", "date", "issuing_body", "superior_body", "abstract")
    doubtful = FieldReading(0.1, FieldSource.HANDWRITING, ("một", "hai"))
    paper = document("a.pdf")
    paper = replace(paper, header=replace(paper.header, fields=dict.fromkeys(names, doubtful)))
    assert len(paper.open_fields) == len(looks.open_fields(paper)) == len(names)


def test_dates_that_were_read_in_doubt_are_written_as_offices_write_them() -> None:
    doubtful = FieldReading(0.1, FieldSource.HANDWRITING, ("2024-11-06", "2024-11"))
    paper = document("a.pdf")
    paper = replace(paper, header=replace(paper.header, fields={"date": doubtful}))
    assert "06/11/2024, 11/2024" in looks.open_fields(paper)[0]


def test_number_that_was_not_read_is_dotted() -> None:
    found = document("a.docx")
    cited = replace(found, header=replace(found.header, type="quyet-dinh", number_symbol="/QĐ-UBND"))
    assert looks.heading(cited).startswith("Quyết định số …/QĐ-UBND")
    assert looks.number("12/QĐ-UBND") == "12/QĐ-UBND"


def test_type_of_a_paper_is_named_in_the_language_in_use() -> None:
    found = document("a.docx")
    cited = replace(found, header=replace(found.header, type="quyet-dinh", number_symbol="12/QĐ-UBND"))
    with speaking("en"):
        assert looks.heading(cited).startswith("Decision no. 12/QĐ-UBND")
