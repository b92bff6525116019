"""What an engine that recognises printed text is: a grey picture in, lines of words with boxes out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dossier.model import Word

if TYPE_CHECKING:
    from PIL.Image import Image


class EngineError(Exception):
    """An engine gave no answer for a page; the message says why in a few technical words, for a note."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words of one line, from left to right."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """What stands on a page, from top to bottom, as the engine sees it."""

    lines: tuple[TextLine, ...] = ()

    @property
    def confidence(self) -> float:
        """Mean confidence of its words (0–1)."""
        sure = [word.confidence or 0.0 for line in self.lines for word in line.words]
        return round(sum(sure) / len(sure), 3) if sure else 0.0


class Recogniser(ABC):
    """Recognises the printed text of a page. Engines keep nothing of one page for the next."""

    name: ClassVar[str]  # as named in the setting ``ocr_engine``
    title: ClassVar[str]  # as people know it

    @abstractmethod
    def available(self) -> bool:
        """Whether it can read Vietnamese here."""

    @abstractmethod
    def version(self) -> str:
        """Which release of it is here, and where it lies if that is known; only where it is available."""

    @abstractmethod
    def recognise(self, page: Image, dpi: int, seconds: float, *, piece: bool = False) -> Recognised:
        """The text of a grey page of ``dpi`` dots per inch that stands upright, within so much time.

        ``piece``: it is a piece of a page, one block of a few lines. Raises :class:`EngineError`.
        """

    @abstractmethod
    def quarter_turn(self, page: Image, seconds: float) -> int:
        """Degrees (0, 90, 180, 270) by which a page must be turned clockwise to stand upright; 0 when
        it cannot tell."""
