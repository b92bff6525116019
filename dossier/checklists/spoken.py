"""Parse kinds, items, parts and rules typed by people: ``mô hình``, ``MH``; ``mục 6``, ``6 a``; ``MH-6``.

Compared without case and diacritics (:func:`~dossier.vietnamese.words`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from dossier.checklists.schema import Checklist, Part
from dossier.vietnamese import fold, words

NONE = "none"  # belongs to no item
_NONE = frozenset({"none", "0", "khong", "khong thuoc", "khong thuoc muc nao", "khong muc nao", "ngoai"})
_BEFORE = r"(?:(?:muc|thanh phan|phan|item|part|mh|dh)[ -]*)*"
_ITEM = re.compile(_BEFORE + r"0*([1-9]\d?) ?([a-z]?)")
_RULE = re.compile(r"([a-z]{2,4}) ?0*(\d{1,3})")
# One place in a list of them: a part, a step of it, a period.
_PLACE = re.compile(
    _BEFORE.replace("[ -]*", r"[\s-]*") + r"0*(?P<part>[1-9]\d?\s?[a-z]?)(?![a-z0-9])"
    r"(?:\s*\.\s*(?P<step>[a-z][a-z -]*[a-z]))?"
    r"(?:\s*[:\s]\s*(?:(?:6|sau) thang (?P<half>dau|cuoi)\s)?(?:nam )?(?P<year>(?:19|20)\d\d)"
    r"(?:-h(?P<of>[12]))?(?!\d))?"
)
_BETWEEN = re.compile(r"[\s,;+]+|\b(?:va|and)\b")


def kind_named(checklists: Mapping[str, Checklist], said: str) -> str | None:
    """The kind with that slug, title, word, abbreviation or folder name; ``None`` if there is none."""
    return _kinds(checklists).get(words(said))


def kinds_like(checklists: Mapping[str, Checklist], said: str) -> list[str]:
    """Names of the kinds most similar to ``said``; of all kinds if none is similar."""
    known = _kinds(checklists)
    near = get_close_matches(words(said), known, n=2)
    kinds = dict.fromkeys(known[name] for name in near) or dict.fromkeys(checklists)
    return [checklists[kind].called or kind for kind in kinds]


def _kinds(checklists: Mapping[str, Checklist]) -> dict[str, str]:
    known: dict[str, str] = {}
    for kind, each in checklists.items():
        codes = [code for code, meant in each.abbreviations.items() if words(meant) == words(each.called)]
        for name in (kind, kind.replace("-", ""), each.title, each.called, *each.folder_names, *codes):
            known.setdefault(words(name), kind)
    return known


def item_named(said: str) -> str | None:
    """``6a`` for ``mục 6a``, ``06 A`` or ``MH-6a``; ``6`` for the whole item; ``None`` for anything else."""
    match = _ITEM.fullmatch(words(said))
    return match[1] + match[2] if match else None


def rule_named(said: str) -> str:
    """The canonical id of a rule: ``MH-06`` for ``mh6``, ``MH 6`` and ``MH-006``."""
    match = _RULE.fullmatch(words(said))
    return f"{match[1].upper()}-{int(match[2]):02d}" if match else said.strip().upper()


def places_said(checklist: Checklist, said: Sequence[str]) -> list[str] | None:
    """Parse places of a checklist into the form ``6a``, ``16c.notice``, ``10a:2024-H1``, from words like
    ``mục 6a``, ``6a và 6c``, ``10a 6 tháng đầu 2024`` or a part's whole title.

    Parts need not exist in the checklist. An empty list: belongs to no item;
    ``None``: the words are no list of places.
    """
    joined = " ".join(said)
    if not said or words(joined) in _NONE:
        return []
    if (titled := _titled(checklist, joined)) is not None:
        return [titled]
    return _listed(checklist, joined)


def _listed(checklist: Checklist, text: str) -> list[str] | None:
    found: list[str] = []
    plain, at = fold(text), 0
    while at < len(plain):
        if between := _BETWEEN.match(plain, at):
            at = between.end()
            continue
        match = _PLACE.match(plain, at)
        if match is None or match.end() == at:
            return None
        found.append(_written(checklist, match))
        at = match.end()
    return list(dict.fromkeys(found)) or None


def _written(checklist: Checklist, match: re.Match[str]) -> str:
    part, step, year = re.sub(r"\s", "", match["part"]), match["step"], match["year"]
    half = match["of"] or {"dau": "1", "cuoi": "2"}.get(match["half"], "")
    period = f":{year}{f'-H{half}' if half else ''}" if year else ""
    return part + (f".{_step(checklist, part, step)}" if step else "") + period


def _step(checklist: Checklist, part: str, said: str) -> str:
    """The id of the step with that name, or ``said`` unchanged."""
    try:
        steps = checklist.part(part).steps
    except KeyError:
        return said
    if said in {step.id for step in steps}:
        return said
    fitting = [s.id for s in steps if words(said) in words(s.title) or words(said) in words(s.title_en)]
    return fitting[0] if len(fitting) == 1 else said


def _titled(checklist: Checklist, said: str) -> str | None:
    wanted = words(said)
    for part in _parts(checklist):
        if wanted and wanted in (words(part.title), words(part.title_en)):
            return part.id
    return None


def _parts(checklist: Checklist) -> Iterator[Part]:
    for item in checklist.items:
        yield from item.parts
