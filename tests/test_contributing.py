"""What the documents point to is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGES = (
    *(
        ROOT / name
        for name in ("CONTRIBUTING.md", "README.md", "README.vi.md", "SECURITY.md", "CHANGELOG.md")
    ),
    *sorted((ROOT / "docs").rglob("*.md")),
)
_CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)\s>]+)")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|#|//")
# A file of the source named in code letters; decisions tell of what was there on their day.
_NAMED = re.compile(r"`((?:dossier|scripts|tests|benchmarks|docs)/[\w./-]+\.\w+)`")


def prose(page: Path) -> str:
    return _CODE.sub("", page.read_text("utf-8"))


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = [link for link in _LINK.findall(prose(page)) if not _ELSEWHERE.match(link)]
    assert [link for link in links if not (page.parent / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("page", [page for page in PAGES if page.parent.name != "decisions"], ids=name)
def test_every_source_file_named_is_there(page: Path) -> None:
    assert [path for path in _NAMED.findall(prose(page)) if not (ROOT / path).exists()] == []


def test_every_page_is_looked_at() -> None:
    assert all(page.is_file() for page in PAGES)
    assert len(PAGES) > 30
    assert _LINK.findall("[a](docs/a.md) and [b](b.md#c)") == ["docs/a.md", "b.md#c"]


def test_every_promise_about_security_is_held_by_tests() -> None:
    promised = (
        (ROOT / "SECURITY.md").read_text("utf-8").partition("## What is promised")[2].partition("\n## ")[0]
    )
    rows = [row.split(" | ") for row in promised.splitlines() if row.startswith("| ")][1:]
    assert len(rows) > 15
    for promise, held in rows:
        files = [ROOT / link for link in _LINK.findall(held)]
        assert any(file.name.startswith("test_") for file in files), promise
        assert all("def test_" in f.read_text("utf-8") for f in files if f.name.startswith("test_")), promise
