"""Keys, certificates and signed files for the tests, made on the spot."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID
from made_files import zipped

SIGNER = "Nguyễn Thị Ánh Tuyết"


@cache
def key() -> rsa.RSAPrivateKey:
    """One key for the whole run."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def certificate(name: str = SIGNER) -> x509.Certificate:
    """A certificate that its owner signed."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(
            x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True
        )
        .sign(key(), hashes.SHA256())
    )


def _signer() -> Any:
    from asn1crypto import keys
    from asn1crypto import x509 as asn1_x509
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    plain = key().private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    der = certificate().public_bytes(serialization.Encoding.DER)
    return SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(der),
        signing_key=keys.PrivateKeyInfo.load(plain),
        cert_registry=SimpleCertificateStore(),
    )


def signed_pdf(pdf: bytes, field: str = "Ky1", password: str = "") -> bytes:
    """The PDF with one more signature, added as an update."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    if password:
        writer.encrypt(password)
    sign_pdf(writer, PdfSignatureMetadata(field_name=field, md_algorithm="sha256"), _signer(), output=out)
    return out.getvalue()


def stamped_pdf(pdf: bytes, field: str, text: str, box: tuple[int, int, int, int], page: int = 0) -> bytes:
    """The PDF with one more signature, whose appearance shows a text in a box (points, upwards)."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
    from pyhanko.stamp import TextStampStyle

    rule = SimpleBoxLayoutRule(
        AxisAlignment.ALIGN_MIN,
        AxisAlignment.ALIGN_MIN,
        margins=Margins.uniform(0),
        inner_content_scaling=InnerScaling.NO_SCALING,
    )
    style = TextStampStyle(stamp_text=text, border_width=0, background=None, inner_content_layout=rule)
    signer = PdfSigner(
        PdfSignatureMetadata(field_name=field, md_algorithm="sha256"),
        _signer(),
        stamp_style=style,
        new_field_spec=SigFieldSpec(field, on_page=page, box=box),
    )
    out = io.BytesIO()
    signer.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=out)
    return out.getvalue()


def updated_pdf(pdf: bytes) -> bytes:
    """The PDF with another page appended as an update: what was signed stays byte for byte."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stream = generic.StreamObject(stream_data=b"0 0 1 rg 0 0 50 50 re f")
    writer.insert_page(PageObject(contents=writer.add_object(stream), media_box=(0, 0, 200, 200)))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


_DS = "http://www.w3.org/2000/09/xmldsig#"
_C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
_XADES = "http://uri.etsi.org/01903/v1.3.2#"
_MDSSI = "http://schemas.openxmlformats.org/package/2006/digital-signature"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
SHA256 = "http://www.w3.org/2001/04/xmlenc#sha256"
RSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"


def _digest(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def _reference(uri: str, value: str, transforms: str, method: str) -> str:
    return (
        f'<Reference URI="{uri}">{transforms}<DigestMethod Algorithm="{method}"/>'
        f"<DigestValue>{value}</DigestValue></Reference>"
    )


def _relationships(data: bytes) -> tuple[str, bytes]:
    """The transforms of a list of relationships, and what they leave, spelt out."""
    found = sorted(ElementTree.fromstring(data), key=lambda e: e.attrib["Id"])
    steps = "".join(
        f'<m:RelationshipReference xmlns:m="{_MDSSI}" SourceId="{e.attrib["Id"]}"/>' for e in found
    )
    left = "".join(
        f'<Relationship Id="{e.attrib["Id"]}" Target="{e.attrib["Target"]}" TargetMode="Internal" '
        f'Type="{e.attrib["Type"]}"></Relationship>'
        for e in found
    )
    transforms = (
        f'<Transforms><Transform Algorithm="{_TRANSFORM}">{steps}</Transform>'
        f'<Transform Algorithm="{_C14N}"/></Transforms>'
    )
    return transforms, f'<Relationships xmlns="{_RELATIONS}">{left}</Relationships>'.encode()


def signed_docx(
    data: bytes, *, method: str = RSA_SHA256, digest: str = SHA256, without: tuple[str, ...] = ()
) -> bytes:
    """The Word file with an XML signature over all parts of its text, as Office makes it.

    Canonical XML is written by hand here rather than made by the library that the product uses.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    references = ""
    for name, content in parts.items():
        if name in without or name == "[Content_Types].xml":
            continue
        transforms = ""
        if name.endswith(".rels"):
            transforms, content = _relationships(content)
        references += _reference(f"/{name}?ContentType=application/xml", _digest(content), transforms, digest)
    inner = (
        f"<Manifest>{references}</Manifest><SignatureProperties>"
        '<SignatureProperty Id="idSignatureTime" Target="#idPackageSignature">'
        f'<m:SignatureTime xmlns:m="{_MDSSI}">'
        "<m:Format>YYYY-MM-DDThh:mm:ssTZD</m:Format><m:Value>2024-08-28T07:34:48Z</m:Value>"
        "</m:SignatureTime></SignatureProperty></SignatureProperties>"
    )
    package_object = f'<Object Id="idPackageObject">{inner}</Object>'
    # Its prefix is declared outside of what is signed, as Office does it.
    properties = (
        '<xd:SignedProperties Id="idSignedProperties"><xd:SignatureProductionPlace/></xd:SignedProperties>'
    )
    inherited = properties.replace(" Id=", f' xmlns="{_DS}" xmlns:xd="{_XADES}" Id=')
    step = f'<Transforms><Transform Algorithm="{_C14N}"/></Transforms>'
    own = _reference("#idPackageObject", _digest(_canonical(package_object)), "", digest)
    own += _reference("#idSignedProperties", _digest(_expanded(inherited)), step, digest)
    info = (
        f'<SignedInfo><CanonicalizationMethod Algorithm="{_C14N}"/><SignatureMethod Algorithm="{method}"/>'
        f"{own}</SignedInfo>"
    )
    value = key().sign(_canonical(info), padding.PKCS1v15(), hashes.SHA256())
    der = certificate().public_bytes(serialization.Encoding.DER)
    parts["_xmlsignatures/sig1.xml"] = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Signature xmlns="{_DS}" Id="idPackageSignature">\n{info}\n'
        f"<SignatureValue>{base64.b64encode(value).decode()}</SignatureValue><KeyInfo><X509Data>"
        f"<X509Certificate>{base64.b64encode(der).decode()}</X509Certificate></X509Data></KeyInfo>\n"
        f'{package_object}<Object><xd:QualifyingProperties xmlns:xd="{_XADES}" Target="#idPackageSignature">'
        f"{properties}</xd:QualifyingProperties></Object>\n</Signature>"
    ).encode()
    return zipped(dict(parts))


def _canonical(text: str) -> bytes:
    """What canonical XML makes of these elements: the inherited namespace, no empty-element tags."""
    head = re.sub(r"^<(\w+)", rf'<\1 xmlns="{_DS}"', text)
    return _expanded(head)


def _expanded(text: str) -> bytes:
    """The elements without empty-element tags."""
    return re.sub(r"<([\w:]+)([^<>]*)/>", r"<\1\2></\1>", text).encode()


def with_part(data: bytes, name: str, content: str | bytes) -> bytes:
    """The zip file with one member replaced or added."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, str | bytes] = {member: package.read(member) for member in package.namelist()}
    return zipped(parts | {name: content})
