"""Pages as scanners make them."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from drawn_pages import by_hand, printed
from PIL import Image

from dossier.scanner.ocr import ppocr


@pytest.fixture
def needs_scans() -> None:
    """Skips where the models for hand-writing are missing; there is no excuse where CI is set."""
    if not ppocr.available():
        if os.environ.get("CI") == "true":
            pytest.fail("the extra “scans” must be installed in CI")
        pytest.skip("the extra “scans” (rapidocr, onnxruntime, numpy) is not installed")


@pytest.fixture
def head() -> Callable[..., Image.Image]:
    """Makes a page at 200 dpi: a head whose number and day are written by hand."""

    def draw(number: str, day: str, *, ink: str = "navy") -> Image.Image:
        page = Image.new("RGB", (1654, 2339), "white")
        printed(page, "ỦY BAN NHÂN DÂN", 180, 140)
        printed(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 760, 140)
        printed(page, "XÃ HÀM THẮNG", 220, 200)
        printed(page, "Độc lập - Tự do - Hạnh phúc", 850, 200)
        left = by_hand(page, number, printed(page, "Số:", 200, 300) + 14, 288, ink=ink)
        printed(page, "/QĐ-UBND", max(left, 340) + 14, 300)
        left = by_hand(page, day, printed(page, "Hàm Thắng, ngày", 800, 300) + 14, 288, ink=ink)
        printed(page, "tháng 12 năm 2024", max(left, 1190) + 14, 300)
        printed(page, "QUYẾT ĐỊNH", 700, 480)
        printed(page, "Về việc thành lập mô hình Camera an ninh", 450, 550)
        for at in range(12):
            printed(
                page,
                "Ban Chỉ đạo phân công thành viên phụ trách từng địa bàn trong xã",
                180,
                700 + 64 * at,
                36,
            )
        return page

    return draw
