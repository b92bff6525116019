"""Encodings by the names of fonts."""

from __future__ import annotations

import pytest

from dossier.legacy import Encoding, encoding_of_font


@pytest.mark.parametrize(
    "name",
    [
        ".VnTime",
        ".VnArial",
        ".VnArial Narrow",
        ".VnCentury Schoolbook",
        ".vntime",
        "ABCDEF+.VnTime,Bold",
        "#2EVnTime",
        "VnTime-Bold",
    ],
)
def test_abc_fonts(name: str) -> None:
    assert encoding_of_font(name) is Encoding.TCVN3


@pytest.mark.parametrize(
    "name", [".VnTimeH", ".VnArialH", "QWERTY+.VnTimeH-Bold", ".VnTimeH,BoldItalic", ".VnArial NarrowH"]
)
def test_capitals_fonts_end_in_h(name: str) -> None:
    assert encoding_of_font(name) is Encoding.TCVN3_CAPITALS


@pytest.mark.parametrize(
    "name", ["VNI-Times", "VNI-Helve", "vni-times", "ABCDEF+VNI-Times-Bold", "VNI Times"]
)
def test_vni_fonts(name: str) -> None:
    assert encoding_of_font(name) is Encoding.VNI


def test_vps_fonts() -> None:
    assert encoding_of_font("VPS Times") is encoding_of_font("ABCDEF+VPS-Times,Bold") is Encoding.VPS
    assert encoding_of_font("VPSans") is None


def test_viscii_fonts() -> None:
    assert encoding_of_font("Times VISCII") is Encoding.VISCII


@pytest.mark.parametrize(
    "name",
    ["", "Times New Roman", "Arial", "UVN Ba Le", "Vni", "Visual", "Vivaldi", "VnExpress Sans", "Vensim"],
)
def test_other_fonts_have_no_legacy_encoding(name: str) -> None:
    assert encoding_of_font(name) is None
