"""Checklists as data: what ships, what an archive overrides, errors that name the line."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier import checklists
from dossier.errors import ConfigurationError

SMALL = """\
kind = "{kind}"
title = "Danh mục thử"
[[item]]
number = 1
title = "Một"
citation = "Quy chế"
rule = "{rule}"
[[item.parts]]
id = "1"
title = "Một"
"""

PARTS = "1 2 3 4 5 6a 6b 6c 7a 7b 7c 8a 8b 9 10a 10b 10c 11 12 13a 13b 13c 14 15a 15b 16a 16b 16c"


def refused(source: str, name: str = "thu.toml") -> str:
    with pytest.raises(ConfigurationError) as error:
        checklists.parse(source, name)
    assert error.value.advice
    return error.value.message


def test_model_checklist_has_sixteen_items_with_their_parts() -> None:
    model = checklists.load()["mo-hinh"]
    assert [item.number for item in model.items] == list(range(1, 17))
    assert [part.id for item in model.items for part in item.parts] == PARTS.split()


def test_exemplar_checklist_has_five_items() -> None:
    exemplar = checklists.load()["dien-hinh"]
    assert [item.number for item in exemplar.items] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("kind", ["mo-hinh", "dien-hinh"])
def test_every_item_and_requirement_is_cited_and_titled_in_both_languages(kind: str) -> None:
    for item in checklists.load()[kind].items:
        assert item.citation.startswith("HD22")
        assert item.title_en
        assert all(part.title_en for part in item.parts)


def test_syntax_error_names_file_and_line() -> None:
    message = refused('kind = "x"\ntitle = \n')
    assert "thu.toml" in message
    assert "dòng 2" in message


def test_unknown_key_names_its_line() -> None:
    assert "dòng 6" in refused(SMALL.format(kind="x", rule="XX-01").replace("citation", "citaton"))


def test_wrong_type_names_its_line() -> None:
    message = refused(SMALL.format(kind="x", rule="XX-01").replace("number = 1", 'number = "một"'))
    assert "dòng 4" in message


def test_part_of_another_item_is_refused() -> None:
    assert "2a" in refused(SMALL.format(kind="x", rule="XX-01").replace('id = "1"', 'id = "2a"'))


def test_reference_to_no_part_is_refused() -> None:
    assert "founding_part" in refused('founding_part = "9z"\n' + SMALL.format(kind="x", rule="XX-01"))


def test_all_mistakes_are_told_at_once() -> None:
    message = refused(SMALL.format(kind="X!", rule="xx"))
    assert "dòng 1" in message
    assert "dòng 7" in message


def test_archive_adds_a_kind(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(SMALL.format(kind="to-hoa-giai", rule="HG-01"), "utf-8")
    assert set(checklists.load(tmp_path)) == {"mo-hinh", "dien-hinh", "to-hoa-giai"}


def test_archive_overrides_a_kind(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(SMALL.format(kind="mo-hinh", rule="MH-01"), "utf-8")
    assert len(checklists.load(tmp_path)["mo-hinh"].items) == 1


def test_two_files_of_one_kind_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(SMALL.format(kind="x", rule="XX-01"), "utf-8")
    with pytest.raises(ConfigurationError, match=r"b\.toml"):
        checklists.load(tmp_path)


def test_rule_id_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(SMALL.format(kind="x", rule="MH-01"), "utf-8")
    with pytest.raises(ConfigurationError, match="MH-01"):
        checklists.load(tmp_path)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('order = [{ rule = "TT-01", part = "1", after = ["1"], citation = "x" }]', "TT-01"),
        ('order = [{ rule = "TQ-09", part = "2", after = ["1"], citation = "x" }]', "“2”"),
        ('order = [{ rule = "TQ-09", part = "1", after = ["1.x"], citation = "x" }]', "1.x"),
        ('after_end = ["7"]', "“7”"),
        ('[floor]\nparts = ["1"]\nleast = 170\nending = "1"', "least"),
    ],
)
def test_wrong_order_floor_or_end_is_told(tmp_path: Path, more: str, said: str) -> None:
    top, _item, rest = SMALL.format(kind="x", rule="TQ-01").partition("[[item]]")
    (tmp_path / "a.toml").write_text(f"{top}{more}\n[[item]]{rest}", "utf-8")
    with pytest.raises(ConfigurationError, match=said):
        checklists.load(tmp_path)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('before = "31/02"', "before"),
        ('before = "05/11"', "không lập theo kỳ"),
        ("months = 12", "plan_part"),
        ('before = "05/11"\nmonths = 12', "before"),
        ("", "before"),
    ],
)
def test_wrong_deadline_is_told(tmp_path: Path, more: str, said: str) -> None:
    deadline = f'[[deadline]]\nrule = "TQ-09"\ntitle = "x"\ncitation = "x"\nparts = ["1"]\n{more}\n'
    (tmp_path / "a.toml").write_text(SMALL.format(kind="x", rule="TQ-01") + "\n" + deadline, "utf-8")
    with pytest.raises(ConfigurationError, match=said):
        checklists.load(tmp_path)


def test_file_that_is_no_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigurationError, match=r"a\.toml"):
        checklists.load(tmp_path)
