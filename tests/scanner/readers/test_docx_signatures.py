"""XML signatures of Word files: found, checked, and never in the way of the text."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_files import p, word
from signing import SIGNER, signed_docx, with_part

from dossier.model import Signature
from dossier.scanner.readers import Limits, read_bytes
from dossier.scanner.readers.docx import DocxReader

PLAIN = word(p("QUYẾT ĐỊNH về việc thành lập mô hình"), header1=p("Đầu trang"), footnotes=p("Chú thích"))
SIGNED = signed_docx(PLAIN)
SIGNATURE = "_xmlsignatures/sig1.xml"


def only(data: bytes) -> Signature:
    (found,) = DocxReader().read(data, Limits()).signatures
    return found


def member(data: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name).decode()


def edited(old: str, new: str, name: str = SIGNATURE, data: bytes = SIGNED) -> bytes:
    text = member(data, name)
    assert old in text
    return with_part(data, name, text.replace(old, new, 1))


def test_signed_word_file_is_intact_and_its_signer_is_named() -> None:
    found = only(SIGNED)
    assert (found.kind, found.signer, found.checked, found.intact) == ("xml", SIGNER, True, True)
    assert (found.trusted, found.amended) == (False, False)


def test_time_of_signing_is_read() -> None:
    assert only(SIGNED).at == datetime(2024, 8, 28, 7, 34, 48, tzinfo=UTC)


def test_changed_text_breaks_the_signature() -> None:
    found = only(edited("QUYẾT ĐỊNH", "QUYẾT NGHỊ", "word/document.xml"))
    assert found.broken
    assert "word/document.xml" in found.detail


def test_removed_part_breaks_the_signature() -> None:
    found = only(signed_without_member("word/footnotes.xml"))
    assert found.broken


def signed_without_member(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(SIGNED)) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
    return out.getvalue()


def test_changed_relationship_breaks_the_signature() -> None:
    name = "word/_rels/document.xml.rels"
    assert only(edited('Target="header1.xml"', 'Target="footnotes.xml"', name)).broken


def test_relationships_in_another_order_are_the_same() -> None:
    name = "word/_rels/document.xml.rels"
    head, *rest = member(SIGNED, name).replace("</Relationships>", "").split("<Relationship ")
    shuffled = head + "".join(f"\n<Relationship {one}" for one in reversed(rest)) + "</Relationships>"
    assert only(with_part(SIGNED, name, shuffled)).intact


def test_changed_digest_breaks_the_signature() -> None:
    assert only(edited("<DigestValue>", "<DigestValue>AAAA")).broken


def test_changed_signature_value_is_broken() -> None:
    assert only(edited("<SignatureValue>", "<SignatureValue>AAAA")).broken


def test_changed_time_breaks_the_signature() -> None:
    assert only(edited("2024-08-28", "2020-01-01")).broken


def test_changed_property_breaks_the_signature() -> None:
    assert only(edited("<xd:SignatureProductionPlace/>", "")).broken


def test_two_objects_of_one_name_are_broken() -> None:
    assert only(edited("</Signature>", '<Object Id="idPackageObject"/></Signature>')).broken


def test_signature_that_leaves_out_the_text_is_broken() -> None:
    assert only(signed_docx(PLAIN, without=("word/document.xml",))).broken


def test_part_that_is_not_signed_is_told() -> None:
    found = only(with_part(SIGNED, "word/header2.xml", "<x/>"))
    assert (found.intact, found.amended) == (True, True)
    assert "word/header2.xml" in found.detail


@pytest.mark.parametrize(
    "unknown", [{"method": "urn:khac"}, {"digest": "http://www.w3.org/2001/04/xmldsig-more#md5"}]
)
def test_unknown_algorithm_is_not_called_broken(unknown: dict[str, str]) -> None:
    found = only(signed_docx(PLAIN, **unknown))  # type: ignore[arg-type]
    assert (found.checked, found.intact, found.broken) == (False, False, False)
    assert "Chưa kiểm tra được" in found.detail


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "no xml",
        "<Signature/>",
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo/><KeyInfo><X509Data>'
        "<X509Certificate>!!!</X509Certificate></X509Data></KeyInfo></Signature>",
    ],
)
def test_hostile_signature_is_listed_and_raises_nothing(hostile: str) -> None:
    found = only(with_part(PLAIN, SIGNATURE, hostile))
    assert (found.kind, found.intact) == ("xml", False)
    assert found.detail


def test_list_of_signatures_without_end_is_cut() -> None:
    data = PLAIN
    with zipfile.ZipFile(buffer := io.BytesIO(data), "a") as package:
        for number in range(100):
            package.writestr(f"_xmlsignatures/sig{number}.xml", "<a/>")
    assert len(DocxReader().read(buffer.getvalue(), Limits()).signatures) == 32


def test_unsigned_word_file_has_none() -> None:
    assert DocxReader().read(PLAIN, Limits()).signatures == ()


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_changes_of_the_signed_text_never_pass_for_intact(data: st.DataObject) -> None:
    content = member(SIGNED, "word/document.xml").encode()
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != content[at]))
    changed = content[:at] + bytes([byte]) + content[at + 1 :]
    package = with_part(SIGNED, "word/document.xml", changed)
    found = read_bytes(package, Limits())
    assert not any(one.intact for one in getattr(found, "signatures", ()))
