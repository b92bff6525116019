"""The page: self-contained, safe, and readable without colour."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import PurePosixPath

import pytest
from markupsafe import escape
from specimen import SCRIPT, complete, incomplete, many, report

import reports
from dossier import i18n
from dossier.model import ChangesSince, Due, DueStatus, Finding, Severity, Status

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
    return _Page(reports.render("html", value or report()).decode())


def test_every_tag_is_closed() -> None:
    assert page().open == []


def test_nothing_is_fetched_from_outside() -> None:
    text = reports.render("html", report()).decode()
    assert not re.search(r"https?://|@import|url\(", text)


def test_links_lead_to_places_of_the_same_page_or_to_files_of_the_archive() -> None:
    made = page()
    ids = {attributes["id"] for _tag, attributes in made.tags if "id" in attributes}
    links = {link["href"] for link in made.all("a")}
    inside = {link for link in links if link.startswith("#")}
    assert inside and inside <= {f"#{place}" for place in ids}
    archive = PurePosixPath(report().archive).as_uri()
    assert links - inside and all(link.startswith(archive + "/") for link in links - inside)


@pytest.mark.parametrize(
    ("archive", "place"),
    [
        ("/kho/Hồ sơ", "file:///kho/H%E1%BB%93%20s%C6%A1/"),
        ("D:\\Hồ sơ", "file:///D:/H%E1%BB%93%20s%C6%A1/"),
        ("\\\\may-chu\\kho\\2024", "file://may-chu/kho/2024/"),
    ],
)
def test_links_are_those_of_the_system_that_the_archive_is_on(archive: str, place: str) -> None:
    said = reports.render("html", replace(report(), archive=archive)).decode()
    assert f'href="{place}mo-hinh/Camera%20an%20ninh' in said


def test_a_hostile_file_name_stays_inside_its_link() -> None:
    links = [link["href"] for link in page().all("a")]
    assert any("%3Cscript%3E" in link for link in links)
    assert not any(set(link) & set("<> \"'") for link in links)


def test_only_the_script_of_the_page_itself_may_run() -> None:
    text = reports.render("html", report()).decode()
    policy = next(tag["content"] for tag in page().all("meta") if "http-equiv" in tag)
    script = text.split("<script>")[1].split("</script>")[0]
    digest = b64encode(sha256(script.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def test_secret_papers_come_before_everything_else() -> None:
    stamped = Finding("MAT-01", Severity.ERROR, "Văn bản có dấu “Mật”.", "Luật 117/2025/QH15")
    value = report(replace(complete(), findings=(stamped,)))
    text = reports.render("html", value).decode()
    assert text.index("Văn bản có dấu “Mật”.") < text.index('class="tiles"')


def test_what_is_missing_stands_in_words_beside_each_dossier_those_that_lack_most_first() -> None:
    text = reports.render("html", report()).decode()
    table = text.split('class="standing"')[1].split("</table>")[0]
    assert "Kế hoạch hoạt động hằng năm: năm 2024" in table
    assert table.index(escape(incomplete().name)) < table.index(escape(complete().name))


def test_an_overdue_duty_says_by_how_many_days_and_for_which_dossiers() -> None:
    due = Due(
        date(2026, 11, 4),
        "TH-02",
        "Văn bản đề nghị xếp loại",
        "HD22 III.2.c",
        complete().path,
        DueStatus.OVERDUE,
    )
    text = reports.render("html", report(replace(complete(), due=(due,)))).decode()
    assert "Quá hạn (1)" in text
    assert re.search(r"quá 20 ngày</b> – Văn bản đề nghị xếp loại.*Camera an ninh</a>", text)


def test_a_name_cannot_bring_in_a_script() -> None:
    text = reports.render("html", report()).decode()
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
    text = reports.render("html", report()).decode()
    assert "@media print" in text and "size: A4;" in text and "table-header-group" in text


def test_page_of_a_large_archive_shows_those_with_changes_and_those_that_lack_most_and_says_so() -> None:
    value = many(600)
    last = value.dossiers[-1]
    done = [replace(dossier, complete=True) for dossier in value.dossiers[:300]]
    value = replace(
        value, dossiers=(*done, *value.dossiers[300:]), changes=ChangesSince(appeared=(done[0].path,))
    )
    made = page(value)
    shown = [tag for tag in made.all("section") if tag.get("class") == "dossier"]
    assert len(shown) == 500
    text = " ".join(made.words)
    assert "500 trong 600 hồ sơ" in text
    assert done[0].path in text
    assert last.path in text
    assert done[299].path not in text


def test_a_mark_that_turns_a_name_round_is_seen_and_does_nothing() -> None:
    turned = replace(incomplete(), name="\u202efdp.exe", path="Mô hình/\u202efdp.exe")
    made = reports.render("html", replace(report(), dossiers=(turned,))).decode()
    assert "�fdp.exe" in made
    assert "\u202e" not in made
