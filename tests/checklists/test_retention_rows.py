"""Retention rows as data: what ships, what an agency confirms or adds, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dossier.checklists.confirmed import packs_of
from dossier.checklists.retention import load_packs, parse_packs
from dossier.errors import ConfigurationError

ROW = 'title = "x"\ncitation = "y"\nflag = "public"\n'
PACK = '[[pack]]\nid = "a"\ntitle = "A"\ncitation = "c"\napplies_to = "police"\nflag = "public"\n'
CONFIRM = (
    '[[confirm]]\npack = "tt-08-2020"\nrow = "founding"\nby = "lan"\non = 2026-11-20\narticle = "Điều 5"\n'
)
OWN = (
    f'[[period]]\npack = "tt-55-2025"\nid = "model"\n{ROW}permanent = true\nparts = {{ mo-hinh = ["6a"] }}\n'
)


def own(folder: Path, text: str) -> Path:
    (folder / "retention.toml").write_text(text, "utf-8")
    return folder


def test_every_value_that_ships_has_citation_and_flag() -> None:
    packs = load_packs()
    rows = [*packs.fallback, *(row for pack in packs.packs for row in (*pack.periods, *pack.handover))]
    assert all(row.citation and row.flag and row.title_en for row in rows)


def test_archive_without_a_file_has_what_ships(tmp_path: Path) -> None:
    assert packs_of(tmp_path) is load_packs()


def test_confirmed_row_says_who_when_and_by_which_article(tmp_path: Path) -> None:
    packs = packs_of(own(tmp_path, CONFIRM))
    pack = next(pack for pack in packs.packs if pack.id == "tt-08-2020")
    row = next(row for row in pack.fallback if row.id == "founding")
    assert (row.verified, row.verified_by, row.verified_on) == (True, "lan", date(2026, 11, 20))
    assert row.citation == "Điều 5"  # nothing of what it replaces
    assert not any(row.verified for row in pack.fallback if row.id != "founding")


def test_confirmation_releases_no_other_pack(tmp_path: Path) -> None:
    packs = packs_of(own(tmp_path, CONFIRM))
    others = [row for pack in packs.packs if pack.id != "tt-08-2020" for row in pack.fallback]
    assert not others and not any(row.verified for row in packs.fallback)


def test_confirmation_may_put_the_value_right(tmp_path: Path) -> None:
    packs = packs_of(own(tmp_path, CONFIRM + "years = 50\n")).packs
    row = next(pack for pack in packs if pack.id == "tt-08-2020").fallback[0]
    assert (row.years, row.permanent) == (50, False)


def test_agency_adds_a_row_that_it_found_in_the_law(tmp_path: Path) -> None:
    packs = packs_of(own(tmp_path, OWN))
    (row,) = next(pack for pack in packs.packs if pack.id == "tt-55-2025").periods
    assert (row.id, row.permanent, row.verified) == ("model", True, False)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CONFIRM.replace("founding", "nothing"), "nothing"),
        (CONFIRM.replace("tt-08-2020", "tt-99"), "tt-99"),
        (CONFIRM.replace("tt-08-2020", "fallback"), "tt-08-2020"),  # named: the packs there are
        (CONFIRM.replace('by = "lan"\n', ""), "by"),
        (CONFIRM.replace("2026-11-20", '"hôm qua"'), "on"),
        (CONFIRM + "years = -1\n", "years"),
        (CONFIRM + "years = 5\npermanent = true\n", "years"),
        (OWN.replace("tt-55-2025", "tt-99"), "tt-99"),
        (OWN + OWN, "hiệu lực chồng"),
        (OWN.replace("permanent = true\n", ""), "thời hạn"),
        ('follow = "never"\n', "never"),
        ("[[confirm]\n", "cách viết"),
    ],
)
def test_wrong_file_of_the_agency_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        packs_of(own(tmp_path, text))
    assert said in error.value.message
    assert "dòng" in error.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PACK + PACK.replace('"a"', '"b"'), "hiệu lực chồng lên gói “a”"),
        (PACK + PACK, "đã dùng"),
        (PACK + "effective_from = 2025-01-02\neffective_to = 2025-01-01\n", "trước ngày bắt đầu"),
        (
            f'{PACK}[[fallback]]\nid = "r"\n{ROW}years = 1\n[[fallback]]\nid = "r"\n{ROW}years = 2\n',
            "cùng mã",
        ),
        (f'{PACK}[[fallback]]\nid = "r"\n{ROW}', "đúng một giá trị"),
        (f'{PACK}[[pack.handover]]\nid = "r"\n{ROW}permanent = true\n', "đúng một giá trị"),
        (f'{PACK}[[pack.handover]]\nid = "r"\n{ROW}before = "32/01"\n', "before"),
    ],
)
def test_contradictory_packs_are_refused(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        parse_packs(text, "x.toml")
    assert said in error.value.message


def test_packs_that_follow_each_other_are_right() -> None:
    first = PACK + "effective_to = 2025-06-30\n"
    then = PACK.replace('"a"', '"b"') + "effective_from = 2025-07-01\n"
    assert len(parse_packs(first + then, "x.toml").packs) == 2
