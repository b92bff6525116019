"""Check the XML signatures of Office packages: the digests of the signed parts, then the signature.

Source: ECMA-376 part 2, clause 13 (package signatures, the relationships transform); W3C XML
Signature 1.1; [MS-OFFCRYPTO] 2.5.2 (contents of Office signatures); RFC 4051 (algorithm names).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import posixpath
from datetime import datetime
from typing import Any
from urllib.parse import unquote

from lxml import etree

from dossier.i18n import _
from dossier.model import Signature
from dossier.scanner.readers.interface import Limits
from dossier.scanner.readers.package import Package, local_name
from dossier.scanner.readers.signatures import broken, common_name, intact, unchecked, zoned
from dossier.scanner.sandbox_worker import still_alive

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_METHODS = {
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": ("rsa", "SHA1"),
    **{f"{_MORE}rsa-sha{bits}": ("rsa", f"SHA{bits}") for bits in (256, 384, 512)},
    f"{_MORE}ecdsa-sha1": ("ecdsa", "SHA1"),
    **{f"{_MORE}ecdsa-sha{bits}": ("ecdsa", f"SHA{bits}") for bits in (256, 384, 512)},
}


class UnknownAlgorithmError(Exception):
    """The signature uses an unsupported algorithm or structure and cannot be checked."""


def verifies(method: str, certificate: Any, value: bytes, content: bytes) -> bool:
    """Whether ``value`` is a signature of ``content`` by the key of the certificate (asn1crypto).

    Raises :class:`UnknownAlgorithmError`.
    """
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

    if method not in _METHODS:
        raise UnknownAlgorithmError(method)
    kind, hash_name = _METHODS[method]
    digest = getattr(hashes, hash_name)()
    try:
        key = serialization.load_der_public_key(certificate.public_key.dump())
        if kind == "rsa" and isinstance(key, rsa.RSAPublicKey):
            key.verify(value, content, padding.PKCS1v15(), digest)
        elif kind == "ecdsa" and isinstance(key, ec.EllipticCurvePublicKey):
            half = len(value) // 2  # XML concatenates the two numbers, the library expects DER
            both = (int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
            key.verify(utils.encode_dss_signature(*both), content, ec.ECDSA(digest))
        else:
            return False  # the key does not fit the signature method
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError, TypeError) as error:
        raise UnknownAlgorithmError(method) from error
    return True


_KIND = "xml"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_TIMES = (
    "{http://schemas.openxmlformats.org/package/2006/digital-signature}Value",
    "{http://uri.etsi.org/01903/v1.3.2#}SigningTime",
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_RELATION_TRANSFORM = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
_C14N = {  # algorithm → (exclusive, with comments)
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    "http://www.w3.org/2001/10/xml-exc-c14n#": (True, False),
    "http://www.w3.org/2001/10/xml-exc-c14n#WithComments": (True, True),
}
_DIGESTS = {
    "http://www.w3.org/2000/09/xmldsig#sha1": "sha1",
    "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
    "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
    "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
}
_MAX_XML = 8 * 1024 * 1024  # bytes of one signature, and of one list of relationships
_MOST_REFERENCES = 64  # in the signature itself; Office writes four


class _BrokenError(Exception):
    """The signed data has changed or is damaged; the message names it in a few words for users."""


def check(package: Package, name: str, main: str, limits: Limits) -> Signature:
    """Check the signature in member ``name``, which must cover the part ``main``."""
    try:
        root = _parse(package.read(name))
    except _BrokenError as error:
        return broken(_KIND, str(error))
    signature = root if root.tag == f"{_DS}Signature" else root.find(f"{_DS}Signature")
    if signature is None:
        return broken(_KIND, _("dữ liệu của chữ ký bị hỏng"))
    signer, at = "", _time(signature)
    try:
        certificates = _certificates(signature)
        signer = common_name(certificates[0]) if certificates else ""
        loose = _Check(package, signature, limits).run(main, certificates)
    except _BrokenError as error:
        return broken(_KIND, str(error), signer, at)
    except UnknownAlgorithmError:
        return unchecked(_KIND, _("thuật toán hoặc cấu trúc chưa biết"), signer, at)
    if loose:
        later = _("Chữ ký không bao trùm {count} phần của tệp, ví dụ {part}; hãy so lại nội dung.")
        return intact(_KIND, signer, at, later.format(count=len(loose), part=loose[0][:100]), amended=True)
    return intact(_KIND, signer, at)


class _Check:
    """Checks one signature against its package; ``_room`` is how many bytes may still be hashed."""

    def __init__(self, package: Package, signature: Any, limits: Limits) -> None:
        self._package = package
        self._signature = signature
        self._room = 2 * limits.max_unzipped_bytes
        self._signed: set[str] = set()

    def run(self, main: str, certificates: list[Any]) -> list[str]:
        """Check the signature; return the names of unsigned parts of the document.

        Raises :class:`_BrokenError` if anything does not match, :class:`UnknownAlgorithmError`.
        """
        info = self._signature.find(f"{_DS}SignedInfo")
        if info is None or not certificates:
            raise _BrokenError(_("dữ liệu của chữ ký bị hỏng"))
        covered = self._own_references(info)
        for element in covered:
            for reference in element.iter(f"{_DS}Reference"):
                if local_name(reference.getparent()) == "Manifest":
                    self._part(reference)
        how = info.find(f"{_DS}CanonicalizationMethod")
        method = info.find(f"{_DS}SignatureMethod")
        value = _decoded(self._signature.findtext(f"{_DS}SignatureValue"))
        if how is None or method is None:
            raise _BrokenError(_("dữ liệu của chữ ký bị hỏng"))
        content = self._canonical(info, how)
        if not verifies(method.get("Algorithm", ""), certificates[0], value, content):
            raise _BrokenError(_("giá trị chữ ký không khớp với chứng thư số"))
        if main not in self._signed:
            raise _BrokenError(_("chữ ký không bao trùm nội dung văn bản"))
        folder = f"{posixpath.dirname(main)}/"
        beside = (name for name in self._package.names() if name.startswith(folder))
        return sorted(name for name in set(beside) - self._signed if name.endswith((".xml", ".rels")))

    def _own_references(self, info: Any) -> list[Any]:
        """Return the elements of the signature itself that it covers, after checking their digests."""
        references = info.findall(f"{_DS}Reference")
        if not references or len(references) > _MOST_REFERENCES:
            raise UnknownAlgorithmError("references")
        covered = []
        for reference in references:
            uri = reference.get("URI", "")
            if not uri.startswith("#") or len(uri) < 2:
                raise UnknownAlgorithmError(uri)
            elements = [e for e in self._signature.iter() if e.get("Id") == uri[1:]]
            if len(elements) != 1:  # with a duplicate id, programs disagree on which is signed
                raise _BrokenError(_("dữ liệu của chữ ký bị hỏng"))
            (element,) = elements
            steps = reference.findall(f"{_DS}Transforms/{_DS}Transform")
            if len(steps) > 1:
                raise UnknownAlgorithmError("transforms")
            self._compare(reference, self._canonical(element, steps[0] if steps else None))
            covered.append(element)
        return covered

    def _part(self, reference: Any) -> None:
        """Check the digest of a part named in a manifest, after its transforms."""
        name = unquote(reference.get("URI", "").partition("?")[0]).lstrip("/")
        if name not in self._package:
            raise _BrokenError(_("phần đã ký không còn trong tệp: {part}").format(part=name[:100]))
        content = self._package.read(name)
        tree: Any = None
        for step in reference.findall(f"{_DS}Transforms/{_DS}Transform"):
            algorithm = step.get("Algorithm", "")
            if algorithm == _RELATION_TRANSFORM and tree is None:
                tree = _relationships(_parse(content), step)
            elif algorithm in _C14N:
                content = self._canonical(_parse(content) if tree is None else tree, step)
                tree = None
            else:
                raise UnknownAlgorithmError(algorithm)
        if tree is not None:
            content = self._canonical(tree, None)
        self._compare(reference, content, name)
        self._signed.add(name)
        still_alive()

    def _compare(self, reference: Any, content: bytes, part: str = "") -> None:
        self._room -= len(content)
        if self._room < 0:
            raise UnknownAlgorithmError("size")
        method = reference.find(f"{_DS}DigestMethod")
        algorithm = _DIGESTS.get(method.get("Algorithm", "")) if method is not None else None
        if algorithm is None:
            raise UnknownAlgorithmError("digest")
        if hashlib.new(algorithm, content).digest() != _decoded(reference.findtext(f"{_DS}DigestValue")):
            if part:
                raise _BrokenError(_("phần đã ký bị sửa: {part}").format(part=part[:100]))
            raise _BrokenError(_("dữ liệu của chữ ký bị sửa"))

    def _canonical(self, element: Any, step: Any) -> bytes:
        """Return the canonical XML of an element by the algorithm of ``step``, by default the inclusive
        one."""
        algorithm = step.get("Algorithm", "") if step is not None else next(iter(_C14N))
        if algorithm not in _C14N or (step is not None and len(step)):  # inclusive prefixes, unused by Office
            raise UnknownAlgorithmError(algorithm)
        exclusive, comments = _C14N[algorithm]
        if element.getparent() is not None:
            # lxml mishandles a default namespace declared outside the element.
            element = _parse(etree.tostring(element, encoding="utf-8", with_tail=False))
        return etree.tostring(element, method="c14n", exclusive=exclusive, with_comments=comments)


def _parse(data: bytes) -> Any:
    """Return the root of a small XML document, comments included."""
    if len(data) > _MAX_XML:
        raise UnknownAlgorithmError("size")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _BrokenError(_("dữ liệu đã ký bị hỏng")) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnknownAlgorithmError("DTD")
    return root


def _relationships(root: Any, step: Any) -> Any:
    """Apply the relationships transform: keep only the signed relationships, ordered by id."""
    ids = {str(e.get("SourceId")) for e in step if local_name(e) == "RelationshipReference"}
    types = {str(e.get("SourceType")) for e in step if local_name(e) == "RelationshipsGroupReference"}
    kept = [
        e for e in root if local_name(e) == "Relationship" and (e.get("Id") in ids or e.get("Type") in types)
    ]
    out = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})  # type: ignore[dict-item]
    for element in sorted(kept, key=lambda e: str(e.get("Id"))):
        attributes = {"TargetMode": "Internal"} | {str(k): str(v) for k, v in element.attrib.items()}
        etree.SubElement(out, f"{{{_RELATIONS}}}Relationship", attributes)
    return out


def _certificates(signature: Any) -> list[Any]:
    from asn1crypto import x509

    texts = [e.text for e in signature.iterfind(f"{_DS}KeyInfo//{_DS}X509Certificate")]
    try:
        return [x509.Certificate.load(_decoded(text)) for text in texts[:1]]
    except ValueError as error:
        raise _BrokenError(_("dữ liệu của chữ ký bị hỏng")) from error


def _time(signature: Any) -> datetime | None:
    for tag in _TIMES:
        for element in signature.iter(tag):
            try:
                return zoned(datetime.fromisoformat((element.text or "").strip()))
            except ValueError:
                continue
    return None


def _decoded(text: str | None) -> bytes:
    try:
        return base64.b64decode(text or "", validate=False)
    except (binascii.Error, ValueError) as error:
        raise _BrokenError(_("dữ liệu của chữ ký bị hỏng")) from error
