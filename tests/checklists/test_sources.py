"""Every citation that ships names a text of the list, and says so where that text was not read itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import resources

import pytest

from dossier.checklists.duties import load_duties
from dossier.checklists.rules import definitions

FILES = ("rules", "mo_hinh", "dien_hinh", "duties")
NAMES = {source.name: source.flag for source in definitions().sources}
EACH_ITS_OWN = "văn bản nêu trong từng hạn"  # limits for handing over: rows of retention.toml
NOT_READ = re.compile("dẫn theo nguồn thứ cấp|chưa đối chiếu")


def cited(value: object) -> Iterator[str]:
    """All values of keys named ``citation``, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "citation" and isinstance(inner, str):
                yield inner
            else:
                yield from cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from cited(inner)


def texts(citation: str) -> list[str]:
    """The pieces of a citation; a clause (``III.2.c``) goes on with the text before it."""
    pieces = [piece.strip() for piece in re.split(r";", citation)]
    return [piece for piece in pieces if not re.match(r"[IVX]+\.", piece)]


@pytest.mark.parametrize("name", FILES)
def test_every_citation_names_a_text_of_the_list_and_what_was_not_read_is_told(name: str) -> None:
    data = tomllib.loads(resources.files("dossier.checklists").joinpath(f"{name}.toml").read_text("utf-8"))
    found = {piece for citation in cited(data) for piece in texts(citation)}
    assert found
    unknown = {piece for piece in found if not piece.startswith((*NAMES, EACH_ITS_OWN))}
    silent = {
        piece
        for piece in found
        for source, flag in NAMES.items()
        if piece.startswith(source) and (flag != "public") is not bool(NOT_READ.search(piece))
    }
    assert (unknown, silent) == (set(), set())


def test_a_duty_is_as_sure_as_the_text_it_comes_from() -> None:
    assert {
        duty.rule: duty.flag
        for duty in load_duties()
        if duty.flag != next(flag for name, flag in NAMES.items() if duty.citation.startswith(name))
    } == {}
