"""What is no PDF/A is not called one: a sound file, then each way to break it."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageCms
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from dossier.usecases.package.pdfa_rules import faults

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
CLAIM = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>PART</pdfaid:part>'
    "<pdfaid:conformance>B</pdfaid:conformance></rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="w"?>'
)


def name(word: str) -> NameObject:
    return NameObject(f"/{word}")


def table(**values: object) -> DictionaryObject:
    return DictionaryObject({name(key): value for key, value in values.items()})


def stream(data: bytes, **values: object) -> DecodedStreamObject:
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(table(**values))
    return made


def sound(
    change: Callable[[PdfWriter], None] | None = None, part: int = 2, drawn: bytes = b"0 0 9 9 re f"
) -> bytes:
    """A file of one page without text that is PDF/A, but for ``change``."""
    made = PdfWriter()
    made.add_blank_page(100, 100)
    made.pages[0][name("Contents")] = made._add_object(stream(drawn))
    made.pages[0][name("Resources")] = table()
    root = made._root_object
    metadata = stream(CLAIM.replace("PART", str(part)).encode(), Type=name("Metadata"), Subtype=name("XML"))
    root[name("Metadata")] = made._add_object(metadata)
    profile = made._add_object(stream(PROFILE, N=NumberObject(3)))
    intent = table(Type=name("OutputIntent"), S=name("GTS_PDFA1"), DestOutputProfile=profile)
    root[name("OutputIntents")] = ArrayObject([made._add_object(intent)])
    made.generate_file_identifiers()
    if change:
        change(made)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def page(**values: object) -> Callable[[PdfWriter], None]:
    return lambda made: made.pages[0].update(table(**values))


def root(**values: object) -> Callable[[PdfWriter], None]:
    return lambda made: made._root_object.update(table(**values))


def added(thing: Callable[[], object]) -> Callable[[PdfWriter], None]:
    return lambda made: made.pages[0].update(table(PieceInfo=made._add_object(thing())))


def noted(**values: object) -> Callable[[PdfWriter], None]:
    box = ArrayObject([FloatObject(edge) for edge in (0, 0, 10, 10)])
    return lambda made: made.pages[0].update(
        table(Annots=ArrayObject([made._add_object(table(Type=name("Annot"), Rect=box, **values))]))
    )


def encrypted(made: PdfWriter) -> None:
    made.encrypt("x", algorithm="RC4-128")


def font(below: str, **values: object) -> DictionaryObject:
    return table(Type=name("Font"), Subtype=name(below), BaseFont=name("Helvetica"), **values)


def script() -> DictionaryObject:
    return table(S=name("JavaScript"), JS=TextStringObject("app.alert(1)"))


def test_sound_files_have_no_faults() -> None:
    assert faults(sound()) == [] and faults(sound(part=1)) == []


ATTACKS: dict[str, tuple[Callable[[PdfWriter], None], str]] = {
    "encrypted": (encrypted, "encrypted"),
    "font of the fourteen": (added(lambda: font("Type1")), "fonts"),
    "font with an empty descriptor": (added(lambda: font("TrueType", FontDescriptor=table())), "fonts"),
    "font below, elsewhere": (added(lambda: font("CIDFontType2", CIDToGIDMap=name("Identity"))), "fonts"),
    "script when opened": (root(OpenAction=script()), "actions"),
    "script of the file": (root(Names=table(JavaScript=table(Names=ArrayObject([])))), "actions"),
    "action of a page": (page(AA=table(O=table(S=name("URI")))), "actions"),
    "launch": (added(lambda: table(S=name("Launch"), F=TextStringObject("x.exe"))), "actions"),
    "named print": (added(lambda: table(S=name("Named"), N=name("Print"))), "actions"),
    "attached file": (root(Names=table(EmbeddedFiles=table(Names=ArrayObject([])))), "attachments"),
    "attached to a page": (noted(Subtype=name("FileAttachment"), F=NumberObject(4)), "attachments"),
    "form of another language": (root(AcroForm=table(XFA=ArrayObject([]))), "forms"),
    "form to be drawn anew": (root(AcroForm=table(NeedAppearances=BooleanObject(True))), "forms"),
    "film": (noted(Subtype=name("Movie"), F=NumberObject(4)), "annotations"),
    "note that is not printed": (noted(Subtype=name("Link"), F=NumberObject(0)), "annotations"),
    "note without its looks": (noted(Subtype=name("Square"), F=NumberObject(4)), "annotations"),
    "packed by LZW": (added(lambda: stream(b"x", Filter=name("LZWDecode"))), "filters"),
    "content elsewhere": (added(lambda: stream(b"", F=TextStringObject("//server/x"))), "outside"),
    "picture of another file": (
        added(lambda: stream(b"", Type=name("XObject"), Subtype=name("Form"), Ref=table())), "outside",
    ),
    "PostScript": (added(lambda: stream(b"", Type=name("XObject"), Subtype=name("PS"))), "outside"),
    "picture in four colours": (
        added(lambda: stream(b"", Subtype=name("Image"), ColorSpace=name("DeviceCMYK"))), "colours",
    ),
    "smoothed picture": (
        added(lambda: stream(b"", Subtype=name("Image"), Interpolate=BooleanObject(True))), "pictures",
    ),
    "curve of a press": (added(lambda: table(Type=name("ExtGState"), TR=name("Identity"))), "pictures"),
    "layers switched by use": (root(OCProperties=table(D=table(AS=ArrayObject([])))), "layers"),
    "no profile": (root(OutputIntents=ArrayObject([])), "no-colours"),
    "no claim": (lambda made: made._root_object.pop("/Metadata"), "no-claim"),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_is_found(attack: str) -> None:
    change, code = ATTACKS[attack]
    assert code in faults(sound(change))


@pytest.mark.parametrize("part", [3, 4, 9])
def test_claim_of_another_part_is_none(part: int) -> None:
    assert faults(sound(part=part)) == ["no-claim"]


@pytest.mark.parametrize("drawn", [b"0 0 0 1 k 0 0 9 9 re f", b"BI /W 1 /H 1 /CS /CMYK ID x EI"])
def test_drawing_in_other_colours_than_the_profiles_is_found(drawn: bytes) -> None:
    assert "colours" in faults(sound(drawn=drawn))


@pytest.mark.parametrize(
    "see_through",
    [
        {"Type": name("ExtGState"), "ca": FloatObject(0.5)},
        {"Type": name("ExtGState"), "BM": name("Multiply")},
        {"SMask": table(S=name("Alpha"))}, {"Group": table(S=name("Transparency"))},
    ],
)  # fmt: skip
def test_transparency_is_for_the_second_part_alone(see_through: dict[str, object]) -> None:
    assert "transparency" in faults(sound(added(lambda: table(**see_through)), part=1))
    assert faults(sound(added(lambda: table(**see_through)), part=2)) == []


@pytest.mark.parametrize("profile", [PROFILE[:30], PROFILE[:16] + b"CMYK" + PROFILE[20:], b""])
def test_profile_that_is_none_counts_as_none(profile: bytes) -> None:
    def change(made: PdfWriter) -> None:
        intent = made._root_object["/OutputIntents"][0].get_object()
        intent[name("DestOutputProfile")] = made._add_object(stream(profile, N=NumberObject(3)))

    assert set(faults(sound(change))) & {"no-colours", "unreadable"}


def test_what_stands_before_or_behind_the_file_is_found() -> None:
    assert faults(b"\n" + sound()) == ["frame"] or "unreadable" in faults(b"\n" + sound())
    assert "frame" in faults(sound() + b"\nPK\x03\x04 hidden")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
def test_broken_bytes_raise_nothing(at: int, noise: bytes) -> None:
    made = sound()
    assert isinstance(faults(made[:at] + noise + made[at + len(noise) :]), list)
