"""PP-OCRv6 small: detects lines of text, also handwritten and tilted ones, and reads them letter by letter.

It does not know Vietnamese diacritics, so it is used for text without them: numbers, dates, stamps. The two
models are in the package ``rapidocr`` (Apache-2.0), of which nothing else is used; they run in
``onnxruntime``. Both packages and numpy come with the extra ``scans``. Source of the models' input and
output: PaddleOCR, ``ppocr/data/imaug`` and ``ppocr/postprocess``.
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
_STRIDE = 32  # the detector's input sizes are multiples of this many pixels
_SHORT_SIDE, _LONG_SIDE = 736, 1920  # pixels of the detector's input: short side at least, long side at most
_HEIGHT = 48  # pixels: height of the recogniser's input
_NARROWEST, _WIDEST = 160, 2400  # pixels: width of the recogniser's input


@dataclass(frozen=True, slots=True)
class Character:
    """A recognised letter or digit: position in the line (0–1 from the left), confidence (0–1), and
    alternatives with their probabilities, likeliest first."""

    text: str
    at: float
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PictureLine:
    """A line of text on an image; ``region`` in pixels of the image."""

    region: Region
    characters: tuple[Character, ...]

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(character.text for character in self.characters)

    @property
    def confidence(self) -> float:
        """The mean confidence of the letters (0–1)."""
        return sum(c.confidence for c in self.characters) / len(self.characters) if self.characters else 0.0


class Model:
    """The loaded detector and recogniser; about 150 MB of memory."""

    def __init__(self, folder: Path) -> None:
        self._detector, self._recogniser = (session(str(folder / name)) for name in (_DETECTOR, _RECOGNISER))
        letters = self._recogniser.get_modelmeta().custom_metadata_map["character"]
        self._letters = ["", *letters.splitlines(), " "]

    def lines(self, picture: Image) -> list[PictureLine]:
        """Detect and read the lines of text on an image, from top to bottom."""
        lines = [PictureLine(region, self.read(cut_out(picture, region))) for region in self.find(picture)]
        return [line for line in lines if line.characters]

    def find(self, picture: Image, short_side: int = _SHORT_SIDE) -> list[Region]:
        """Detect the regions of the lines of text on an image, of which the short side becomes at least so
        many pixels; that of a larger image is made as small if less than usual is asked for."""
        from PIL.Image import Resampling

        factor = short_side / min(picture.size)
        factor = max(1.0, factor) if short_side >= _SHORT_SIDE else factor
        factor = min(factor, _LONG_SIDE / max(picture.size))
        width, height = (max(round(side * factor / _STRIDE), 1) * _STRIDE for side in picture.size)
        seen = picture.convert("RGB").resize((width, height), Resampling.BILINEAR)
        likely = self._run(self._detector, _input(seen))[0, 0]
        return [r.scaled(picture.width / width, picture.height / height) for r in regions_of(likely)]

    def read(self, line: Image) -> tuple[Character, ...]:
        """Read the letters of an image of a single line."""
        from PIL.Image import Resampling

        width = min(max(round(line.width * _HEIGHT / line.height), 8), _WIDEST)
        array = _input(line.convert("RGB").resize((width, _HEIGHT), Resampling.BICUBIC))
        return _decoded(self._run(self._recogniser, _padded(array))[0], self._letters)

    @staticmethod
    def _run(session: Any, array: NDArray[np.float32]) -> Any:
        return session.run(None, {session.get_inputs()[0].name: array})[0]


def session(model: str | bytes) -> Any:
    """Load a model, given by its path or its content, for one thread: several processes read pages in
    parallel, more threads would slow them down."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # line widths differ: the arena would grow with each line
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def install_command() -> str:
    """Return the command that installs the models and their runtime on this machine."""
    return f"{sys.executable} -m pip install numpy onnxruntime rapidocr"


def trouble() -> str:
    """Return a sentence on a library that is installed but fails to load; empty if there is none."""
    troubles = [(name, libraries.trouble(name)) for name in _RUN_BY]
    return next((libraries.why_not(name, why) for name, why in troubles if why), "")


def available() -> bool:
    """Whether the models are installed and their runtime loads."""
    return _folder() is not None and all(map(libraries.usable, _RUN_BY))


@lru_cache(maxsize=1)
def model() -> Model | None:
    """Return the models, loaded once per process; ``None`` if they are not installed or fail to load."""
    folder = _folder()
    if folder is None or not available():
        return None
    try:
        return Model(folder)
    except Exception:  # noqa: BLE001  no build for this processor, a library that is missing, a bad model
        return None


def _folder() -> Path | None:
    """Return the folder of the models. The package itself is not imported, as it would need OpenCV."""
    found = find_spec("rapidocr")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "models"
        if (folder / _DETECTOR).is_file() and (folder / _RECOGNISER).is_file():
            return folder
    return None


def cut_out(picture: Image, region: Region) -> Image:
    """Cut out a region and rotate it to level."""
    from PIL.Image import Resampling, Transform

    width, height = max(round(region.width), 1), max(round(region.height), 1)
    (left, top), (right, right_y), _low, (low_x, low_y) = region.corners()
    across = ((right - left) / width, (right_y - top) / width)
    down = ((low_x - left) / height, (low_y - top) / height)
    matrix = (across[0], down[0], left, across[1], down[1], top)
    return picture.transform((width, height), Transform.AFFINE, matrix, Resampling.BICUBIC, fillcolor="white")


def _input(picture: Image) -> NDArray[np.float32]:
    """Convert an image to an array of 1 × 3 × rows × columns, channels BGR, values from -1 to 1."""
    import numpy as np

    array = np.asarray(picture, np.float32)[:, :, ::-1] / 127.5 - 1.0
    return np.ascontiguousarray(array.transpose(2, 0, 1)[None])


def _padded(array: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    lacks = _NARROWEST - array.shape[3]
    return np.pad(array, ((0, 0), (0, 0), (0, 0), (0, lacks))) if lacks > 0 else array


def _decoded(steps: NDArray[np.float32], letters: list[str]) -> tuple[Character, ...]:
    """Decode the probabilities of letters (steps × letters; index 0 is blank) to characters."""
    best = steps.argmax(axis=1).tolist()
    out = []
    for at, letter in enumerate(best):
        if not letter or (at and best[at - 1] == letter):
            continue
        order = steps[at].argsort()[::-1][:4].tolist()
        others = tuple((letters[o], float(steps[at, o])) for o in order if o != letter)
        out.append(Character(letters[letter], (at + 0.5) / len(best), float(steps[at, letter]), others))
    return tuple(out)
