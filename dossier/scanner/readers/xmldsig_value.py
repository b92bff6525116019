"""The arithmetic at the end of an XML signature: RSA and elliptic curves.

Source: RFC 4051 and RFC 9231 (names of algorithms), W3C XML Signature 1.1, 6.4.
"""

from __future__ import annotations

from typing import Any

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_METHODS = {
    "http://www.w3.org/2000/09/xmldsig#rsa-sha1": ("rsa", "SHA1"),
    **{f"{_MORE}rsa-sha{bits}": ("rsa", f"SHA{bits}") for bits in (256, 384, 512)},
    f"{_MORE}ecdsa-sha1": ("ecdsa", "SHA1"),
    **{f"{_MORE}ecdsa-sha{bits}": ("ecdsa", f"SHA{bits}") for bits in (256, 384, 512)},
}


class UnknownAlgorithmError(Exception):
    """A signature in a way that is not known here: nothing can be said of it."""


def verifies(method: str, certificate: Any, value: bytes, content: bytes) -> bool:
    """Whether ``value`` signs ``content`` under the key of the certificate (asn1crypto).

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
            half = len(value) // 2  # XML has the two numbers side by side, the library wants DER
            both = (int.from_bytes(value[:half], "big"), int.from_bytes(value[half:], "big"))
            key.verify(utils.encode_dss_signature(*both), content, ec.ECDSA(digest))
        else:
            return False  # a key of another kind than the method says
    except InvalidSignature:
        return False
    except (UnsupportedAlgorithm, ValueError, TypeError) as error:
        raise UnknownAlgorithmError(method) from error
    return True
