"""PP-OCRv6 small: finds lines of text, hand-written and tilted ones too, and reads them letter by letter.

It knows no Vietnamese diacritics, so it reads what has none: numbers, days, stamps. The two models lie in
the package ``rapidocr`` (Apache-2.0), of which nothing else is used; they run in ``onnxruntime``. Both, and
numpy, come with the extra ``scans``.
Source of the models' input and output: PaddleOCR, ``ppocr/data/imaug`` and ``ppocr/postprocess``.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier import libraries
from dossier.scanner.ocr.regions import Region, regions_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

NAME = "rapidocr"  # as named in Content.lacks

_RUN_BY = ("numpy", "onnxruntime")
_DETECTOR, _RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
_STRIDE = 32  # pixels: the detector takes multiples of it
_SHORT_SIDE, _LONG_SIDE = 736, 1920  # pixels of the picture that the detector sees
_HEIGHT = 48  # pixels of a line that the recogniser sees
_NARROWEST, _WIDEST = 160, 2400  # pixels


@dataclass(frozen=True, slots=True)
class Character:
    """One recognised letter or digit: where in the line it stands (0–1 from its left), how surely it was
    read (0–1), and what else it may be, likeliest first, with how likely."""

    text: str
    at: float
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A line of text on a picture; ``region`` in its pixels."""

    region: Region
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(character.text for character in self.characters)

    @property
    def confidence(self) -> float:
        """Mean of its letters'."""
        return sum(c.confidence for c in self.characters) / len(self.characters) if self.characters else 0.0


class Model:
    """The two models, loaded; about 150 MB of memory."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # One thread: pages are read by several processes at once, and more threads only slow them.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # lines differ in width: the arena would grow with each
        options.log_severity_level = 4
        self._detector, self._recogniser = (
            onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])
            for name in (_DETECTOR, _RECOGNISER)
        )
        letters = self._recogniser.get_modelmeta().custom_metadata_map["character"]
        self._letters = ["", *letters.splitlines(), " "]

    def lines(self, picture: Image) -> list[PictureLine]:
        """The lines of text on a picture, from top to bottom."""
        lines = [PictureLine(region, self.read(cut_out(picture, region))) for region in self.find(picture)]
        return [line for line in lines if line.characters]

    def find(self, picture: Image) -> list[Region]:
        """Where lines of text stand on it."""
        from PIL.Image import Resampling

        factor = max(1.0, _SHORT_SIDE / min(picture.size))
        factor = min(factor, _LONG_SIDE / max(picture.size))
        width, height = (max(round(side * factor / _STRIDE), 1) * _STRIDE for side in picture.size)
        seen = picture.convert("RGB").resize((width, height), Resampling.BILINEAR)
        likely = self._run(self._detector, _input(seen))[0, 0]
        return [r.scaled(picture.width / width, picture.height / height) for r in regions_of(likely)]

    def read(self, line: Image) -> tuple[Character, ...]:
        """The letters of a picture that shows one line."""
        from PIL.Image import Resampling

        width = min(max(round(line.width * _HEIGHT / line.height), 8), _WIDEST)
        array = _input(line.convert("RGB").resize((width, _HEIGHT), Resampling.BICUBIC))
        return _decoded(self._run(self._recogniser, _padded(array))[0], self._letters)

    @staticmethod
    def _run(session: Any, array: NDArray[np.float32]) -> Any:
        return session.run(None, {session.get_inputs()[0].name: array})[0]


def install_command() -> str:
    """How the models and what runs them are installed here."""
    return f"{sys.executable} -m pip install numpy onnxruntime rapidocr"


def trouble() -> str:
    """A sentence about what is installed and does not load; empty where it does, or where all is missing."""
    said = [(name, libraries.trouble(name)) for name in _RUN_BY]
    return next((libraries.why_not(name, why) for name, why in said if why), "")


def available() -> bool:
    """Whether the models are installed, and what runs them loads."""
    return _folder() is not None and all(map(libraries.usable, _RUN_BY))


@lru_cache(maxsize=1)
def model() -> Model | None:
    """The models, loaded once per process; ``None`` when they are not installed or do not load here."""
    folder = _folder()
    if folder is None or not available():
        return None
    try:
        return Model(folder)
    except Exception:  # noqa: BLE001  no build for this processor, a library that is missing, a bad model
        return None


def _folder() -> Path | None:
    """Where the models lie; the package itself is not imported: it would want OpenCV."""
    found = find_spec("rapidocr")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "models"
        if (folder / _DETECTOR).is_file() and (folder / _RECOGNISER).is_file():
            return folder
    return None


def cut_out(picture: Image, region: Region) -> Image:
    """The region turned level."""
    from PIL.Image import Resampling, Transform

    width, height = max(round(region.width), 1), max(round(region.height), 1)
    (left, top), (right, right_y), _low, (low_x, low_y) = region.corners()
    across = ((right - left) / width, (right_y - top) / width)
    down = ((low_x - left) / height, (low_y - top) / height)
    matrix = (across[0], down[0], left, across[1], down[1], top)
    return picture.transform((width, height), Transform.AFFINE, matrix, Resampling.BICUBIC, fillcolor="white")


def _input(picture: Image) -> NDArray[np.float32]:
    """1 × 3 × rows × columns, blue first, from -1 to 1."""
    import numpy as np

    array = np.asarray(picture, np.float32)[:, :, ::-1] / 127.5 - 1.0
    return np.ascontiguousarray(array.transpose(2, 0, 1)[None])


def _padded(array: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    lacks = _NARROWEST - array.shape[3]
    return np.pad(array, ((0, 0), (0, 0), (0, 0), (0, lacks))) if lacks > 0 else array


def _decoded(steps: NDArray[np.float32], letters: list[str]) -> tuple[Character, ...]:
    """From the likeliness of every letter at every step (steps × letters; the first: none) to the text."""
    best = steps.argmax(axis=1).tolist()
    out = []
    for at, letter in enumerate(best):
        if not letter or (at and best[at - 1] == letter):
            continue
        order = steps[at].argsort()[::-1][:4].tolist()
        others = tuple((letters[o], float(steps[at, o])) for o in order if o != letter)
        out.append(Character(letters[letter], (at + 0.5) / len(best), float(steps[at, letter]), others))
    return tuple(out)
