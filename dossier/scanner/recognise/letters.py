"""Letters of other scripts that look like ours, as the letters they look like."""

from __future__ import annotations

import unicodedata

# Cyrillic and Greek, capitals then small letters; Unicode's confusables (UTS #39) restricted to those.
_LOOK = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜасеіјорѕухԁԛԝмтвнкΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορτυχκμ",
    "ABESIJKMHOPCTYXYQWaceijopsyxdqwmtbhkABEZHIKMNOPTYXaivoptuxkm",
)


def latin(text: str) -> str:
    """The text (NFC) with full-width, styled and look-alike letters as plain Latin ones."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKD", text).translate(_LOOK)
    return unicodedata.normalize("NFC", plain)
