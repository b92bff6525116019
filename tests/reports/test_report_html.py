"""The page: self-contained, safe, and readable without colour."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from specimen import SCRIPT, complete, many, report

import reports
from dossier import i18n
from dossier.model import Changes, Status

_VOID = frozenset({"meta", "link", "br", "hr", "img", "input", "col", "wbr"})


class _Page(HTMLParser):
    """Tags with their attributes, the text, and the tags that were never closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


def page(value=None) -> _Page:  # type: ignore[no-untyped-def]
    return _Page(reports.get("html").render(value or report()).decode())


def test_every_tag_is_closed() -> None:
    assert page().open == []


def test_nothing_is_fetched_from_outside() -> None:
    text = reports.get("html").render(report()).decode()
    assert not re.search(r"https?://|@import|url\(", text)


def test_links_lead_to_places_of_the_same_page() -> None:
    made = page()
    ids = {attributes["id"] for _tag, attributes in made.tags if "id" in attributes}
    links = {link["href"] for link in made.all("a")}
    assert links and links <= {f"#{place}" for place in ids}


def test_a_name_cannot_bring_in_a_script() -> None:
    text = reports.get("html").render(report()).decode()
    assert SCRIPT not in text and "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def test_no_identifier_is_given_twice() -> None:
    ids = [attributes["id"] for _tag, attributes in page(many(30)).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_page_says_its_language(language: str) -> None:
    i18n.use(language)
    assert page().all("html")[0]["lang"] == language


def test_headings_never_skip_a_level() -> None:
    levels = [int(tag[1]) for tag, _attributes in page().tags if re.fullmatch(r"h[1-6]", tag)]
    steps = [after - before for before, after in pairwise(levels)]
    assert levels[0] == 1 and max(steps) <= 1


def test_every_status_is_told_by_a_word_and_not_by_colour_alone() -> None:
    from reports import looks

    words = " ".join(page().words)
    assert all(looks.status(status).word in words for status in Status)


def test_missing_years_are_named() -> None:
    assert any("năm 2024" in words for words in page().words)


def test_an_unread_file_comes_with_its_advice() -> None:
    assert any("Bỏ mật khẩu rồi quét lại." in words for words in page().words)


def test_files_outside_every_dossier_are_named() -> None:
    assert any("linh tinh/ghi chu.txt" in words for words in page().words)


def test_a_legal_value_nobody_verified_says_so() -> None:
    assert any("chưa đối chiếu" in words for words in page().words)


def test_a_verified_legal_value_carries_no_such_flag() -> None:
    assert not any("chưa đối chiếu" in words for words in page(report(complete())).words)


def test_the_page_is_made_for_printing_on_a4() -> None:
    text = reports.get("html").render(report()).decode()
    assert "@media print" in text and "A4 landscape" in text and "table-header-group" in text


def test_page_of_a_large_archive_shows_those_with_changes_and_those_that_lack_most_and_says_so() -> None:
    value = many(600)
    last = value.dossiers[-1]
    done = [replace(dossier, complete=True) for dossier in value.dossiers[:300]]
    value = replace(value, dossiers=(*done, *value.dossiers[300:]), changes=Changes(appeared=(done[0].path,)))
    made = page(value)
    shown = [tag for tag in made.all("section") if tag.get("class") == "dossier"]
    assert len(shown) == 500
    text = " ".join(made.words)
    assert "500 trong 600 hồ sơ" in text
    assert done[0].path in text
    assert last.path in text
    assert done[299].path not in text
