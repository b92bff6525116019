"""The arithmetic of XML signatures with keys of both kinds."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from signing import RSA_SHA256, key

from dossier.scanner.readers.xmldsig import UnknownAlgorithmError, verifies

ECDSA_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
CURVE = ec.generate_private_key(ec.SECP256R1())


def holder(private: object) -> SimpleNamespace:
    """What a certificate has to give."""
    der = private.public_key().public_bytes(  # type: ignore[attr-defined]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return SimpleNamespace(public_key=SimpleNamespace(dump=lambda: der))


def curve_signature(content: bytes) -> bytes:
    """Two numbers side by side, as XML has them."""
    first, second = utils.decode_dss_signature(CURVE.sign(content, ec.ECDSA(hashes.SHA256())))
    return first.to_bytes(32, "big") + second.to_bytes(32, "big")


def test_signature_of_an_elliptic_curve_is_verified() -> None:
    assert verifies(ECDSA_SHA256, holder(CURVE), curve_signature(b"a"), b"a")


def test_signature_of_an_elliptic_curve_over_something_else_is_not() -> None:
    assert not verifies(ECDSA_SHA256, holder(CURVE), curve_signature(b"a"), b"b")


def test_key_of_another_kind_than_the_method_is_not() -> None:
    value = key().sign(b"a", padding.PKCS1v15(), hashes.SHA256())
    assert not verifies(ECDSA_SHA256, holder(key()), value, b"a")


@pytest.mark.parametrize("value", [b"", b"\0", b"\xff" * 999])
def test_odd_signature_value_is_no_signature(value: bytes) -> None:
    assert not verifies(RSA_SHA256, holder(key()), value, b"a")
    assert not verifies(ECDSA_SHA256, holder(CURVE), value, b"a")


def test_unknown_method_is_said_to_be_unknown() -> None:
    with pytest.raises(UnknownAlgorithmError):
        verifies("urn:khac", holder(key()), b"", b"")
