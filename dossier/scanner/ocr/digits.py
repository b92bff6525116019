"""Read digits that were written by hand into a printed line.

The model (``digits.onnx`` beside this module, 0.6 MB) was made by ``scripts/digits.py`` from the digits of
MNIST. It knows ten digits, by hand or typed, and “print” for what is printed before and behind them, so a
piece of a line may be cut out roughly. It runs in ``onnxruntime``, as :mod:`.ppocr` does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from dossier.scanner.ocr.looks import FIRST, pieces
from dossier.scanner.ocr.ppocr import session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    from dossier.model import Word

_HEIGHT = 32  # pixels of the input
_WIDEST = 640  # pixels: a longer piece is no label with a number
_BLANK, _PRINT = 0, 11  # classes; digits are one more than themselves
_BEAM = 24  # readings followed at once
_LEAST = 0.01  # probability below which a value is left out


class DigitReader:
    """The loaded model."""

    def __init__(self) -> None:
        self._session = session(files(__package__).joinpath("digits.onnx").read_bytes())

    def read(self, piece: Image) -> dict[str, float]:
        """Return the values that a piece of a line may hold, digits only, with their probabilities (0–1);
        the empty one is a blank that nobody filled in."""
        steps = self._session.run(None, {"line": _input(piece)})[0][0]
        values: dict[str, float] = defaultdict(float)
        for classes, likely in _beams(steps):
            values[_value(classes)] += likely
        whole = sum(values.values())
        return {value: likely / whole for value, likely in values.items() if likely / whole >= _LEAST}


def written_digits(
    words: Sequence[Word], page: Image, fits: Callable[[str], object] = bool
) -> dict[str, float]:
    """Return the values that may be written by hand between printed words, with their weights (0–1) over
    several cut-outs; empty without the model, or where it sees no such value.

    ``words``: what is printed before and behind, with what was made of the writing. ``fits``: whether a value
    is valid; others are left out.
    """
    model = reader()
    if model is None or not words:
        return {}
    weights: dict[str, float] = defaultdict(float)
    for _tone, piece, _tall in pieces(words, page, FIRST):
        for value, likely in model.read(piece).items():
            weights[value] += likely / len(FIRST)
    return {value: weight for value, weight in weights.items() if value and fits(value)}


@lru_cache(maxsize=1)
def reader() -> DigitReader | None:
    """Return the model, loaded once per process; ``None`` where it does not run."""
    try:
        return DigitReader()
    except Exception:  # noqa: BLE001  no onnxruntime, or none for this processor
        return None


def _input(piece: Image) -> NDArray[np.float32]:
    """Convert an image to an array of 1 × 1 × rows × columns: paper 0, black 1."""
    import numpy as np
    from PIL.Image import Resampling

    width = min(max(round(piece.width * _HEIGHT / piece.height), _HEIGHT), _WIDEST)
    grey = np.asarray(piece.convert("L").resize((width, _HEIGHT), Resampling.BOX), np.float32)
    paper = max(float(np.median(grey)), 60.0)
    array: NDArray[np.float32] = np.clip((paper - grey) / paper, 0.0, 1.0)
    return array[None, None]


def _beams(steps: Any) -> list[tuple[tuple[int, ...], float]]:
    """Return the likeliest readings of logarithms of steps × classes, with their probabilities."""
    import numpy as np

    known: dict[tuple[int, ...], tuple[float, float]] = {(): (1.0, 0.0)}  # ends with blank, or with its last
    for row in np.exp(steps):
        likely = [(int(c), float(row[c])) for c in np.argsort(row)[::-1][:4] if row[c] > 1e-4]
        new: dict[tuple[int, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
        for classes, (open_, closed) in known.items():
            for each, chance in likely:
                if each == _BLANK:
                    new[classes][0] += (open_ + closed) * chance
                elif classes and classes[-1] == each:
                    new[classes][1] += closed * chance
                    new[*classes, each][1] += open_ * chance
                else:
                    new[*classes, each][1] += (open_ + closed) * chance
        best = sorted(new.items(), key=lambda item: -sum(item[1]))[:_BEAM]
        known = {classes: (open_, closed) for classes, (open_, closed) in best}
    return [(classes, sum(both)) for classes, both in known.items()]


def _value(classes: tuple[int, ...]) -> str:
    """Return the first digits that stand together."""
    value = ""
    for each in classes:
        if each != _PRINT:
            value += str(each - 1)
        elif value:
            break
    return value
