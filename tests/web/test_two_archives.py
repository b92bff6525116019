"""Two archives, two languages, many threads of one process: each request is answered for its own."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from dossier.archive import Archive, open_archive
from dossier.usecases.known import open_known
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import Running, Visit, running


def _with_words(doubtful: Path, root: Path, name: str) -> Path:
    """A copy of the archive that has a type of papers of its own."""
    shutil.copytree(doubtful, root)
    (root / "checklists").mkdir()
    (root / "checklists/vocabulary.toml").write_text(f'types = [{{ name = "{name}" }}]\n', "utf-8")
    return root


def _heads(served: Running, language: str) -> set[str]:
    """The languages that pages asked for in ``language`` are in, one after another."""
    pages = (Visit(served.port).get("/dang-nhap", accept_language=language).text for _turn in range(20))
    return {found[1] for page in pages if (found := re.search(r'<html lang="(\w+)"', page))}


def _typed(served: Running, visit: Visit, name: str) -> int:
    """What is answered to who corrects the type of a paper to this."""
    question = json.loads(visit.get("/api/v1/review/next").text)["question"]
    seen = re.search(r'name="ban" value="([^"]+)"', visit.get(f"/van-ban/{question['id']}").text)
    assert seen
    reply = visit.post(f"/van-ban/{question['id']}/truong", type=name, ban=seen[1], lan=name)
    served.services.intents.settled(20)
    return reply.status


def _corrected(archive: Archive) -> list[Mapping[str, str]]:
    with open_known(archive) as catalogue:
        return [each.values for each in catalogue.corrections.all()]


def test_two_archives_in_two_languages_at_once(doubtful: Path, tmp_path: Path) -> None:
    one = open_archive(_with_words(doubtful, tmp_path / "một", "Phiếu màu xanh"))
    other = open_archive(_with_words(doubtful, tmp_path / "hai", "Tờ bướm"))
    with running(one, DAY) as first, running(other, DAY) as second, ThreadPoolExecutor(4) as pool:
        asked = [
            (language, pool.submit(_heads, served, language))
            for served, language in ((first, "vi"), (second, "en"), (first, "en"), (second, "vi"))
        ]
        assert [(language, sent.result()) for language, sent in asked] == [
            (language, {language}) for language, _sent in asked
        ]
        tried = [
            pool.submit(_typed, served, served.owner(), name)
            for name in ("Phiếu màu xanh", "Tờ bướm")
            for served in (first, second)
        ]  # fmt: skip
        assert [sent.result() == 303 for sent in tried] == [True, False, False, True]
    assert (_corrected(one), _corrected(other)) == ([{"type": "phieu-mau-xanh"}], [{"type": "to-buom"}])
