"""Signatures in PDF files: found, checked, and never in the way of the text."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from datetime import UTC, datetime

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from signing import SIGNER, signed_pdf, updated_pdf

from dossier.model import Signature
from dossier.scanner.readers import Limits, signatures
from dossier.scanner.readers.pdf import PdfReader

Build = Callable[..., bytes]
TEXT = "QUYẾT ĐỊNH\nVề việc thành lập mô hình Camera an ninh"


@pytest.fixture(scope="module")
def signed(pdf: Build) -> bytes:
    return signed_pdf(pdf(TEXT))


def only(data: bytes) -> Signature:
    (found,) = PdfReader().read(data, Limits()).signatures
    return found


def test_signed_pdf_is_intact_and_its_signer_is_named(signed: bytes) -> None:
    found = only(signed)
    assert (found.kind, found.signer, found.intact, found.checked) == ("pades", SIGNER, True, True)


def test_nobody_is_trusted_without_configured_roots(signed: bytes) -> None:
    found = only(signed)
    assert not found.trusted
    assert "chưa xác minh người ký" in found.detail


def test_time_of_signing_has_a_zone(signed: bytes) -> None:
    at = only(signed).at
    assert at is not None
    assert abs((datetime.now(UTC) - at).total_seconds()) < 600


def test_text_of_a_signed_pdf_is_read_as_ever(signed: bytes) -> None:
    assert PdfReader().read(signed, Limits()).pages[0].text == TEXT


def test_one_changed_byte_breaks_the_signature(signed: bytes) -> None:
    at = signed.index(b"%PDF-") + 7  # the version in the first line
    changed = signed[:at] + b"4" + signed[at + 1 :]
    assert changed != signed
    found = only(changed)
    assert found.broken
    assert found.signer == SIGNER
    assert "đã bị sửa" in found.detail


def test_damaged_signature_value_is_broken(signed: bytes) -> None:
    match = re.search(rb"/Contents <([0-9a-fA-F]+)>", signed)
    assert match
    zeros = match.end(1) - match.start(1)
    assert only(signed[: match.start(1)] + b"0" * zeros + signed[match.end(1) :]).broken


def test_page_added_after_signing_is_told(signed: bytes) -> None:
    found = only(updated_pdf(signed))
    assert found.intact
    assert found.amended
    assert "sửa 1 lần" in found.detail


def test_second_signature_leaves_the_first_intact(signed: bytes) -> None:
    found = PdfReader().read(signed_pdf(signed, "Ky2"), Limits()).signatures
    assert [(one.intact, one.amended) for one in found] == [(True, False), (True, False)]
    assert "ghi thêm 1 lần" in found[0].detail


def test_odd_bytes_behind_the_signed_part_are_told(signed: bytes) -> None:
    found = only(signed + b"\n9 0 obj << /Type /Page >> endobj\n")
    assert found.amended
    assert "dữ liệu lạ" in found.detail


def test_line_ends_behind_the_signed_part_do_not_matter(signed: bytes) -> None:
    found = only(signed + b"\r\n\n")
    assert (found.intact, found.amended) == (True, False)


def test_signature_under_an_empty_password_is_checked(pdf: Build) -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(TEXT)))
    writer.encrypt("", "chu-so-huu", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert only(signed_pdf(out.getvalue(), password="chu-so-huu")).intact


def test_unsigned_pdf_has_none_and_loads_no_library(pdf: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "dossier.scanner.readers.pades", raising=False)
    assert PdfReader().read(pdf(TEXT), Limits()).signatures == ()
    assert "dossier.scanner.readers.pades" not in sys.modules


@pytest.mark.parametrize(
    "hostile",
    [
        b"<< /Type /Sig /ByteRange [0 10 99999999999 5] /Contents <00> >>",
        b"<< /Type /Sig /ByteRange [0 -1 -5 10] /Contents <3003> >>",
        b"<< /Type /Sig /ByteRange /x /Contents (a) >>",
        b"<< /Type /Sig /ByteRange [0 1 2] >>",
        b"5",
        b"6 0 R",
    ],
)
def test_hostile_signature_object_raises_nothing(hostile: bytes) -> None:
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] /SigFlags 3 >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>",
        b"<< /FT /Sig /T (a) /V 5 0 R /Kids [4 0 R] /Parent 4 0 R >>",
        hostile,
    ]
    out = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + table
    out += b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n%% /ByteRange" % start
    assert not any(one.intact for one in signatures.of_pdf(out))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_changes_never_pass_for_intact_nor_raise(signed: bytes, data: st.DataObject) -> None:
    match = re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)", signed)
    assert match
    end, begin = int(match[2]), int(match[3])
    at = data.draw(st.integers(0, len(signed) - 1).filter(lambda n: n < end or n >= begin))
    new = data.draw(st.binary(min_size=1, max_size=4).filter(lambda b: b != signed[at : at + len(b)]))
    changed = signed[:at] + new + signed[at + len(new) :]
    assert not any(one.intact for one in signatures.of_pdf(changed))
