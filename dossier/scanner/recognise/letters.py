"""Letters of other scripts that look like ours, as the letters they look like."""

from __future__ import annotations

import unicodedata

from dossier.vietnamese import is_common

# Cyrillic and Greek, capitals then small letters; Unicode's confusables (UTS #39) restricted to those.
_LOOK = str.maketrans(
    "АВЕЅІЈКМНОРСТУХҮԚԜасеіјорѕухԁԛԝмтвнкΑΒΕΖΗΙΚΜΝΟΡΤΥΧαινορτυχκμ",
    "ABESIJKMHOPCTYXYQWaceijopsyxdqwmtbhkABEZHIKMNOPTYXaivoptuxkm",
)
# Of the signs of common text those that Unicode has a plainer form for.
_PLAINER = {"…": "...", "\u00a0": " ", "²": "2", "³": "3"}


def latin(text: str) -> str:
    """The text (NFC) with full-width, styled and look-alike letters as plain Latin ones."""
    if text.isascii():
        return text
    if is_common(text):  # nearly always, and a tenth of the time
        for sign, plain in _PLAINER.items():
            text = text.replace(sign, plain)
        return text
    plain = unicodedata.normalize("NFKD", text).translate(_LOOK)
    return unicodedata.normalize("NFC", plain)
