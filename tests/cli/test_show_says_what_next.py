"""``show`` of a dossier says what to do with the files that stand under no item."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner
from PIL import Image

from dossier.archive import open_archive
from dossier.cli import root
from dossier.usecases.scan import scan
from tests.usecases.archives import FOUNDING, put


def test_example_of_assign_is_a_file_of_the_list_and_a_paper_that_is_missing(tmp_path: Path) -> None:
    put(tmp_path, qd_txt=FOUNDING, phim_mp4=b"\0\0\0\x18ftypmp42" + bytes(64))
    Image.new("RGB", (400, 300), "green").save(tmp_path / "mo-hinh/A/anh.png")
    scan(open_archive(tmp_path), workers=1)
    said = CliRunner().invoke(root, ["show", str(tmp_path / "mo-hinh/A")]).output
    number, item = re.search(r"ví dụ: dossier assign (\d+) (\w+)", said).groups()  # type: ignore[union-attr]
    assert f" {number}. " in said.partition("Tệp không tính vào mục nào")[2]
    assert re.search(rf"^ *{item} ✗", said, re.MULTILINE)
    assert "anh.png  không có chữ" in said and "rỗng" not in said
