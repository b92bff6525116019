"""Find centred paragraphs of WordprocessingML: by their own properties or by their styles.

Source: ECMA-376 part 1, §17.3.1.13 (jc) and §17.7 (styles).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dossier.scanner.readers.styles import inherited
from dossier.scanner.readers.word_fonts import LOCAL, MAX_STYLES, attribute, first_child

_Style = tuple[str, str | None]  # the style it is based on, its alignment


class Alignments:
    """Tells centred paragraphs; ``styles`` returns the root element of ``styles.xml``, or ``None``, and is
    called at the first paragraph with a style and no alignment of its own."""

    def __init__(self, styles: Callable[[], Any]) -> None:
        self._root = styles
        self._styles: dict[str, _Style] | None = None

    def is_centred(self, properties: Any) -> bool:
        """Whether a paragraph with this ``pPr`` is centred."""
        own, style = first_child(properties, "jc"), first_child(properties, "pStyle")
        if own is None and style is None:
            return False
        return (self._of_style(attribute(style, "val")) if own is None else attribute(own, "val")) == "center"

    def _of_style(self, style: str) -> str | None:
        if self._styles is None:
            self._styles = dict(_styles(self._root()))
        return inherited(self._styles, style)


def _styles(root: Any) -> list[tuple[str, _Style]]:
    found: list[tuple[str, _Style]] = []
    for element in () if root is None else root:
        if LOCAL.get(element.tag) == "style" and len(found) < MAX_STYLES:
            based, properties = first_child(element, "basedOn"), first_child(element, "pPr")
            own = None if properties is None else first_child(properties, "jc")
            parent = "" if based is None else attribute(based, "val")
            aligned = None if own is None else attribute(own, "val")
            found.append((attribute(element, "styleId"), (parent, aligned)))
    return found
