"""A red frame of a stamp's size whose words nobody can read is told from everything else that is red."""

from __future__ import annotations

import io
from collections.abc import Callable

import drawn_stamps as drawn
import pytest
from PIL import Image

from dossier.model import Content
from dossier.scanner.ocr import red_frames
from dossier.scanner.ocr.stamps import smaller
from dossier.scanner.readers import read_bytes
from dossier.scanner.readers.interface import Limits
from dossier.scanner.recognise import recognise, secrecy

LIGHTS = {"scan": drawn.scan, "photo": drawn.photo}


def with_frames(things: dict[str, Callable[[], Image.Image]], light: str) -> set[str]:
    """Those of the things in whose cells a frame is seen, whoever reads it."""
    pytest.importorskip("numpy")
    found = set()
    for page, cells in drawn.sheets(things):
        small = smaller(LIGHTS[light](page))
        times = page.width / small.width
        for frame in red_frames.frames(small):
            x, y = frame.x * times, frame.y * times
            found |= {
                name
                for name, (left, top) in cells.items()
                if 0 <= x - left < drawn.CELL[0] and 0 <= y - top < drawn.CELL[1]
            }
    return found


@pytest.mark.parametrize("light", LIGHTS)
def test_every_frame_is_seen(light: str) -> None:
    assert set(drawn.FRAMES) - with_frames(drawn.FRAMES, light) == set()


@pytest.mark.parametrize("light", LIGHTS)
def test_seals_flags_tables_signatures_and_letterheads_are_no_frames(light: str) -> None:
    assert with_frames(drawn.UNFRAMED, light) == set()


def sealed(page: Image.Image) -> str | None:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=85, dpi=(150, 150))
    content = read_bytes(out.getvalue(), Limits())
    assert isinstance(content, Content)
    return secrecy.level(content.pages, recognise(content))


def paper(thing: Image.Image) -> Image.Image:
    """A page of print with one thing in red."""
    page, _cells = next(drawn.sheets({"thing": lambda: thing}))
    text = drawn.stacked(
        *(drawn.letters("Công an xã báo cáo kết quả như sau", 26, drawn.BLACK),) * 12, gap=24
    )
    page.paste(text, (120, 640), text)
    return drawn.scan(page)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_scans")
def test_frames_that_are_read_seal_nothing() -> None:
    for page, cells in drawn.sheets(drawn.READABLE):
        assert red_frames.unread(drawn.scan(page)) == (), list(cells)


@pytest.mark.slow
@pytest.mark.usefixtures("needs_scans")
@pytest.mark.parametrize(
    ("name", "shut"), [("smeared, -12°", True), ("frame BẢN SAO", False), ("seal over print", False)]
)
def test_scan_is_sealed_until_a_person_says_what_its_frame_is(name: str, shut: bool) -> None:
    thing = {**drawn.FRAMES, **drawn.READABLE, **drawn.UNFRAMED}[name]()
    # Specks decide whether a smeared stamp is also read as a level: it is sealed either way.
    assert (sealed(paper(thing)) is not None) == shut
