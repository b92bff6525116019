"""What is added to a PDF after a signature: further signatures are no change, all that may be seen is."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from signing import stamped_pdf, updated_pdf

from dossier.scanner.readers.pdf_revisions import signed_further_only
from dossier.scanner.readers.signatures import of_pdf

NUMBER, DAY = (122, 738, 158, 756), (400, 738, 430, 756)
Change = Callable[[IncrementalPdfFileWriter], None]


@pytest.fixture(scope="module")
def signed() -> bytes:
    """A letter with one signature and its stamp."""
    import font_roboto
    from fpdf import FPDF

    document = FPDF(unit="pt", format=(595, 842))
    document.add_font("Roboto", "", font_roboto.Roboto)
    document.set_font("Roboto", size=12)
    document.add_page()
    document.text(100, 100, "Số:            /QĐ-UBND")
    return stamped_pdf(bytes(document.output()), "So", "12", NUMBER)


def vouched_for(data: bytes, revision: int = 1) -> bool:
    return signed_further_only(PdfFileReader(io.BytesIO(data), strict=False), revision)


def changed(data: bytes, change: Change) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def page_of(writer: IncrementalPdfFileWriter) -> Any:
    return writer.root["/Pages"]["/Kids"][0]


def other_content(writer: IncrementalPdfFileWriter) -> None:
    new = generic.StreamObject(stream_data=b"BT ET")
    reference = page_of(writer).raw_get("/Contents").reference
    writer.objects[(reference.generation, reference.idnum)] = new


def more_content(writer: IncrementalPdfFileWriter) -> None:
    page = page_of(writer)
    more = writer.add_object(generic.StreamObject(stream_data=b"0 0 50 50 re f"))
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), more])
    writer.update_container(page)


def other_size_from_above(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/Pages"]["/Rotate"] = generic.NumberObject(180)
    writer.update_container(writer.root["/Pages"])


def other_font(writer: IncrementalPdfFileWriter) -> None:
    resources = (page_of(writer).get("/Resources") or writer.root["/Pages"]["/Resources"]).get_object()
    fonts = resources["/Font"].get_object()
    font = fonts[next(iter(fonts))].get_object()
    font["/BaseFont"] = generic.NameObject("/Other")
    writer.update_container(font)


def note_over_the_text(writer: IncrementalPdfFileWriter) -> None:
    annotate(writer, {"/Subtype": generic.NameObject("/FreeText"), "/Contents": generic.pdf_string("99")})


def field_without_a_signature(writer: IncrementalPdfFileWriter) -> None:
    kind = {"/Subtype": generic.NameObject("/Widget"), "/FT": generic.NameObject("/Sig")}
    annotate(writer, {**kind, "/T": generic.pdf_string("Trống")})


def annotate(writer: IncrementalPdfFileWriter, entries: dict[str, Any]) -> None:
    rect = generic.ArrayObject(generic.NumberObject(n) for n in NUMBER)
    annotation = generic.DictionaryObject(
        {generic.NameObject(key): value for key, value in {**entries, "/Rect": rect}.items()}
    )
    page_of(writer)["/Annots"].append(writer.add_object(annotation))
    writer.update_container(page_of(writer)["/Annots"])


def stamp_taken_away(writer: IncrementalPdfFileWriter) -> None:
    page_of(writer)["/Annots"] = generic.ArrayObject()
    writer.update_container(page_of(writer))


def other_stamp(writer: IncrementalPdfFileWriter) -> None:
    stamp = page_of(writer)["/Annots"][0]
    stamp["/Rect"] = generic.ArrayObject(generic.NumberObject(n) for n in DAY)
    writer.update_container(stamp)


def script_at_opening(writer: IncrementalPdfFileWriter) -> None:
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {generic.NameObject("/S"): generic.NameObject("/X")}
    )
    writer.update_root()


def test_further_signatures_with_their_stamps_are_no_change(signed: bytes) -> None:
    further = stamped_pdf(stamped_pdf(signed, "Ngay", "05", DAY), "Dau", "", (0, 0, 0, 0))
    assert vouched_for(further)
    assert [signature.amended for signature in of_pdf(further)] == [False, False, False]


@pytest.mark.parametrize(
    "change",
    [
        other_content,
        more_content,
        other_size_from_above,
        other_font,
        note_over_the_text,
        field_without_a_signature,
        stamp_taken_away,
        other_stamp,
        script_at_opening,
    ],
)
def test_whatever_may_be_seen_is_a_change(signed: bytes, change: Change) -> None:
    data = changed(signed, change)
    assert not vouched_for(data)
    assert not vouched_for(stamped_pdf(data, "Ngay", "05", DAY))  # nor does signing it again hide it
    assert of_pdf(data)[0].amended


def test_another_page_is_a_change(signed: bytes) -> None:
    assert not vouched_for(updated_pdf(signed))
