"""Interface of OCR engines for printed text: they turn a grey image into lines of words with boxes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from dossier.model import Word

if TYPE_CHECKING:
    from PIL.Image import Image


class EngineError(Exception):
    """An engine failed on a page; the message gives the technical reason in a few words."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """The words of one line, from left to right."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines that an engine recognised on a page, from top to bottom."""

    lines: tuple[TextLine, ...] = ()

    @property
    def words(self) -> list[Word]:
        """The words of all lines."""
        return [word for line in self.lines for word in line.words]

    @property
    def confidence(self) -> float:
        """The mean confidence of all words (0–1)."""
        sure = [word.confidence or 0.0 for word in self.words]
        return round(sum(sure) / len(sure), 3) if sure else 0.0


class Recogniser(ABC):
    """An engine that recognises the printed text of a page. Engines are stateless between pages."""

    name: ClassVar[str]  # as named in the setting ``ocr_engine``
    title: ClassVar[str]  # name shown to people

    @abstractmethod
    def available(self) -> bool:
        """Whether the engine and its Vietnamese model are installed."""

    @abstractmethod
    def version(self) -> str:
        """Return the installed version, with the path if known. Requires :meth:`available`."""

    @abstractmethod
    def recognise(self, page: Image, dpi: int, seconds: float, *, piece: bool = False) -> Recognised:
        """Recognise an upright grey page of ``dpi`` dots per inch within a time limit.

        ``piece``: the image is a part of a page, a block of a few lines. Raises :class:`EngineError`.
        """

    @abstractmethod
    def quarter_turn(self, page: Image, seconds: float) -> int:
        """Return by how many degrees (0, 90, 180, 270) a page must be turned clockwise to be upright; 0 if
        unknown."""
