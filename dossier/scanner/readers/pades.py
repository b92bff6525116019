"""Check the digital signatures of a PDF by pyHanko: what each covers and whether it is unchanged.

Source: ISO 32000-1 12.8 (signature dictionaries), ETSI EN 319 142 (PAdES), RFC 5652 (CMS).
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import datetime
from io import SEEK_END, BytesIO
from typing import Any

from dossier.i18n import _
from dossier.model import Signature
from dossier.scanner.readers.pdf_revisions import signed_further_only
from dossier.scanner.readers.signatures import MOST, broken, common_name, intact, unchecked, zoned
from dossier.scanner.sandbox_worker import still_alive

_KIND = "pades"
_MOST_REVISIONS = 100  # files with more revisions are not compared, which would take too long

# The results report what the libraries would log about unusual files.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).addHandler(logging.NullHandler())


def check(data: bytes) -> Iterator[Signature]:
    """Check each filled signature field. May raise anything if the file cannot be parsed."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.fields import enumerate_sig_fields

    reader = PdfFileReader(BytesIO(data), strict=False)
    if reader.encrypted:
        reader.decrypt("")
    fields = enumerate_sig_fields(reader, filled_status=True)
    for count, (name, _value, reference) in enumerate(fields):
        if count == MOST:
            return
        yield _one(reader, name, reference)
        still_alive()


def _one(reader: Any, name: str, reference: Any) -> Signature:
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

    try:
        embedded = EmbeddedPdfSignature(reader, reference.get_object(), name)
        certificate = embedded.signer_cert
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  the field's value is no longer a signature
        return broken(_KIND, _("dữ liệu của chữ ký bị hỏng"))
    signer, at = common_name(certificate), _time(embedded)
    try:
        return _judge(embedded, certificate, signer, at)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  an algorithm or structure unknown to the library
        return _failed(error, signer, at)


def _failed(error: Exception, signer: str, at: datetime | None) -> Signature:
    from pyhanko.sign.general import CMSStructuralError
    from pyhanko.sign.validation.errors import (
        CMSAlgorithmProtectionError,
        DisallowedAlgorithmError,
        SignatureValidationError,
    )

    contradictions = (SignatureValidationError, CMSAlgorithmProtectionError, CMSStructuralError)
    if isinstance(error, contradictions) and not isinstance(error, DisallowedAlgorithmError):
        return broken(_KIND, _("dữ liệu của chữ ký tự mâu thuẫn"), signer, at)
    return unchecked(_KIND, _("thuật toán hoặc cấu trúc chưa biết"), signer, at)


def _judge(embedded: Any, certificate: Any, signer: str, at: datetime | None) -> Signature:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if not _sane(embedded):
        return broken(_KIND, _("chữ ký không bao trùm cả tệp"), signer, at)
    kind, digest = "data", embedded.compute_digest()
    content = embedded.signed_data["encap_content_info"]
    stamp = content["content_type"].native == "tst_info"
    if stamp:  # a document time stamp signs a statement that contains the document's digest
        quoted = content["content"].parsed["message_imprint"]["hashed_message"].native
        if quoted != digest:
            return broken(_KIND, _("tệp đã bị sửa sau khi ký"), signer, at)
        kind, digest = "tst_info", hashlib.new(embedded.md_algorithm, bytes(content["content"])).digest()
    same, valid = validate_sig_integrity(embedded.signer_info, certificate, kind, digest)
    if not same:
        return broken(_KIND, _("tệp đã bị sửa sau khi ký"), signer, at)
    if not valid:
        return broken(_KIND, _("giá trị chữ ký không khớp với chứng thư số"), signer, at)
    coverage = embedded.evaluate_signature_coverage()
    if coverage < SignatureCoverageLevel.ENTIRE_REVISION:
        return broken(_KIND, _("chữ ký không bao trùm cả tệp"), signer, at)
    notes = [_("Đây là dấu thời gian.")] if stamp else []
    amended = False
    if coverage is not SignatureCoverageLevel.ENTIRE_FILE:
        embedded.coverage = coverage
        later, amended = _later(embedded)
        notes.append(later)
    return intact(_KIND, signer, at, " ".join(filter(None, notes)), amended=amended)


def _sane(embedded: Any) -> bool:
    """Whether the byte range is two stretches of the file, the first from its start.

    Hashing thousands of stretches, as a hostile file may list, would take hours.
    """
    numbers = list(embedded.byte_range)
    if len(numbers) != 4 or not all(isinstance(number, int) and number >= 0 for number in numbers):
        return False
    first, length, second, rest = numbers
    size = embedded.reader.stream.seek(0, SEEK_END)
    return bool(first == 0 and length <= second and second + rest <= size)


def _later(embedded: Any) -> tuple[str, bool]:
    """Return a sentence about later revisions, and whether they may change what the document displays."""
    from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, DiffResult, ModificationLevel

    count = embedded.reader.total_revisions - 1 - embedded.signed_revision
    if count < 1:
        return _tail(embedded)
    doubt = _("Sau khi ký, tệp còn được sửa {count} lần; hãy mở bản đã ký để so lại nội dung.")
    if embedded.reader.total_revisions > _MOST_REVISIONS:
        return doubt.format(count=count), True
    try:
        changes = embedded.evaluate_modifications(DEFAULT_DIFF_POLICY)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  an impossible comparison counts as a change
        changes = None
    allowed = isinstance(changes, DiffResult) and changes.modification_level is not ModificationLevel.OTHER
    if not allowed and not _signed_further(embedded):
        return doubt.format(count=count), True
    harmless = _("Sau khi ký, tệp còn được ghi thêm {count} lần (như ký thêm), nội dung không đổi.")
    return harmless.format(count=count), False


def _signed_further(embedded: Any) -> bool:
    """Whether later revisions only add signatures, by rules that fit e-office systems better than
    pyHanko's."""
    try:
        return signed_further_only(embedded.reader, int(embedded.signed_revision))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  an impossible comparison counts as a change
        return False


def _tail(embedded: Any) -> tuple[str, bool]:
    """Like :func:`_later`, for bytes after the signed part that are not a revision to pyHanko.

    Other PDF programs may interpret them.
    """
    stream = embedded.reader.stream
    stream.seek(int(embedded.byte_range[2]) + int(embedded.byte_range[3]))
    if not stream.read().strip(b" \r\n\0"):
        return "", False
    return _("Sau phần đã ký, tệp còn dữ liệu lạ; hãy mở bản đã ký để so lại nội dung."), True


def _time(embedded: Any) -> datetime | None:
    """Return the time of signing as stated by the signer, or else by an attached time stamp."""
    from pyhanko.sign.validation.generic_cms import extract_tst_data_iter

    try:
        content = embedded.signed_data["encap_content_info"]
        if content["content_type"].native == "tst_info":
            return zoned(content["content"].parsed["gen_time"].native)
        stated = zoned(embedded.self_reported_timestamp)
        if stated is not None:
            return stated
        for stamp in extract_tst_data_iter(embedded.signer_info, signed=False):
            return zoned(stamp["encap_content_info"]["content"].parsed["gen_time"].native)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a signature is valid without a time
        return None
    return None
