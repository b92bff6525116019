"""Check the digital signatures of a file, if a cheap test finds any.

Nothing is fetched from the network and no root certificates are configured, so that a signature can be
found intact, but the signer's identity is never verified.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from dossier import libraries
from dossier.i18n import _
from dossier.model import Signature
from dossier.vietnamese import nfc

if TYPE_CHECKING:
    from dossier.scanner.readers.interface import Limits
    from dossier.scanner.readers.package import Package

MOST = 32  # signatures checked in one file
FOLDER = "_xmlsignatures/"
_LONGEST = 200  # characters of a signer's name
_HERE = timezone(timedelta(hours=7))


def of_pdf(data: bytes) -> tuple[Signature, ...]:
    """Check the signatures embedded in a PDF, in the order of its form. A damaged file raises nothing."""
    # This key of each signature is never compressed, since the signed bytes must be known before parsing.
    if b"/ByteRange" not in data:
        return ()
    try:
        from dossier.scanner.readers.pades import check

        return tuple(check(data))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a hostile file may make the library raise anything
        return (unchecked("pades", _why(error)),)


def of_package(package: Package, main: str, limits: Limits) -> tuple[Signature, ...]:
    """Check the XML signatures of an Office package; ``main`` names the main document part."""
    names = sorted(
        name
        for name in package.names()
        if name.startswith(FOLDER) and name.endswith(".xml") and "/_rels/" not in name
    )
    if not names:
        return ()
    signatures = []
    for name in names[:MOST]:
        try:
            from dossier.scanner.readers.xmldsig import check

            signatures.append(check(package, name, main, limits))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  as above
            signatures.append(unchecked("xml", _why(error)))
    return tuple(signatures)


def _why(error: Exception) -> str:
    """Return why a signature was not checked: a library does not load, or the file is damaged."""
    name = libraries.package_of(error)
    if name or isinstance(error, ImportError):
        return _("thư viện {name} không nạp được trên máy này").format(name=name or error)
    return _("không đọc được cấu trúc của chữ ký")


def intact(
    kind: str, signer: str, at: datetime | None, later: str = "", *, amended: bool = False
) -> Signature:
    """The result for unchanged signed data; ``later``: a sentence about later additions to the file."""
    detail = _("Chữ ký số nguyên vẹn, chưa xác minh người ký.")
    return Signature(kind, signer, at, True, False, f"{detail} {later}".strip(), amended=amended)


def broken(kind: str, why: str, signer: str = "", at: datetime | None = None) -> Signature:
    """The result for a signature that does not match the file; ``why`` in a few words."""
    detail = _("Chữ ký số không còn nguyên vẹn: {why}.").format(why=why)
    return Signature(kind, signer, at, False, False, detail)


def unchecked(kind: str, why: str, signer: str = "", at: datetime | None = None) -> Signature:
    """The result for a signature that could not be checked; ``why`` in a few words."""
    detail = _("Chưa kiểm tra được chữ ký số: {why}; hãy mở bằng phần mềm ký số để kiểm tra.").format(why=why)
    return Signature(kind, signer, at, False, False, detail, checked=False)


def common_name(certificate: Any) -> str:
    """Return the holder of a certificate (asn1crypto): the common name, or else the organisation."""
    try:
        subject = certificate.subject.native
        for key in ("common_name", "organization_name", "organizational_unit_name"):
            value = subject.get(key)
            value = value[-1] if isinstance(value, list) and value else value
            if isinstance(value, str) and value.strip():
                return tidy(value)
    except (ValueError, TypeError, KeyError, AttributeError):  # a name in malformed ASN.1
        pass
    return ""


def tidy(name: str) -> str:
    """Return a name on one line, shortened to a bounded length."""
    printable = "".join(char if char.isprintable() else " " for char in name[: 4 * _LONGEST])
    return nfc(" ".join(printable.split()))[:_LONGEST]


def zoned(at: object) -> datetime | None:
    """Return a time with a zone; one without is Vietnamese time, as the programs that omit it run there."""
    if not isinstance(at, datetime):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=_HERE)
