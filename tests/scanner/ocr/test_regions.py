from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from dossier.scanner.ocr.regions import Region, regions_of

numpy = pytest.importorskip("numpy", reason="numpy comes with the extra “scans”")


def drawn(width: int, height: int, *corners: list[tuple[float, float]]) -> numpy.ndarray:
    """A map of likeliness in which these polygons are certain."""
    picture = Image.new("L", (width, height), 0)
    for polygon in corners:
        ImageDraw.Draw(picture).polygon(polygon, fill=255)
    return numpy.asarray(picture, numpy.float32) / 255


def test_a_level_line_is_widened_evenly() -> None:
    (region,) = regions_of(drawn(300, 100, [(50, 40), (249, 40), (249, 59), (50, 59)]))
    assert (round(region.x), round(region.y), round(region.angle)) == (150, 50, 0)
    assert region.width - 200 == pytest.approx(region.height - 20)
    assert region.height > 30


@pytest.mark.parametrize("angle", [-60, -20, 7, 33, 80])
def test_a_tilted_line_keeps_its_angle(angle: float) -> None:
    corners = [*Region(200, 200, 200, 24, angle, 1.0).corners()]
    (region,) = regions_of(drawn(400, 400, corners))
    assert region.angle == pytest.approx(angle, abs=2)
    assert (region.x, region.y) == (pytest.approx(200, abs=2), pytest.approx(200, abs=2))


def test_two_lines_are_two_regions_from_top_to_bottom() -> None:
    upper, lower = [(10, 10), (90, 10), (90, 20), (10, 20)], [(10, 40), (90, 40), (90, 50), (10, 50)]
    assert [int(region.y) for region in regions_of(drawn(100, 60, lower, upper))] == [15, 45]


def test_a_region_of_many_branches_is_one() -> None:
    comb = drawn(60, 40, [(5, 5), (55, 5), (55, 10), (5, 10)], *[
        [(x, 5), (x + 3, 5), (x + 3, 35), (x, 35)] for x in range(5, 55, 10)
    ])  # fmt: skip
    assert len(regions_of(comb)) == 1


def test_dirt_is_no_region() -> None:
    assert regions_of(drawn(50, 50, [(5, 5), (6, 5), (6, 6), (5, 6)])) == []


@given(st.lists(st.lists(st.sampled_from([0.0, 0.4, 1.0]), min_size=7, max_size=7), min_size=1, max_size=9))
@settings(max_examples=150)
def test_any_map_gives_finite_regions_within_reach(rows: list[list[float]]) -> None:
    for region in regions_of(numpy.array(rows, numpy.float32)):
        assert all(map(math.isfinite, (region.x, region.y, region.width, region.height)))
        assert 0 <= region.x <= 7 and 0 <= region.y <= len(rows)
        assert -90 < region.angle <= 90 and region.width >= region.height - 1e-6
