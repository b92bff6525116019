"""How search results are shown: to a person, and to a machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dossier.checklists.vocabulary import name_of
from dossier.i18n import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType
    from rich.text import Text

    from dossier.checklists.schema import Checklist
    from dossier.index import Hit, Results

_INDENT = (0, 0, 0, 5)
_MARKED = re.compile(r"(</?mark>)")
_SHOWN = 8  # values of a facet


def as_dict(found: Results) -> dict[str, object]:
    """The results by the names of the contract."""
    told: dict[str, object] = {
        "query": found.query,
        "total": found.total,
        "took_ms": found.took_ms,
        "notes": list(found.notes),
        "suggestion": found.suggestion or None,
        "corrected": found.corrected,
        "hits": [_hit(hit) for hit in found.hits],
    }
    if found.facets:
        told["facets"] = {
            name: [{"value": value, "count": count} for value, count in counts]
            for name, counts in found.facets.items()
        }
    return told


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "path": hit.path,
        "ordinal": hit.ordinal,
        "score": hit.score,
        "number_symbol": hit.number_symbol or None,
        "date": hit.date or None,
        "type": hit.type or None,
        "item": hit.item,
        "dossier": hit.dossier,
        "snippet": hit.snippet,
        "abstract": hit.abstract or None,
        "page": hit.page,
        "parts": list(hit.parts),
        "dossier_name": hit.dossier_name or None,
    }


def table(
    found: Results, checklists: Mapping[str, Checklist], offset: int, limit: int = 10, *, piped: bool = False
) -> RenderableType:
    """The hits for a person, numbered from ``offset`` + 1; piped, every path is whole on its line."""
    from rich.console import Group
    from rich.text import Text

    from reports import looks

    blocks: list[RenderableType] = []
    for at, hit in enumerate(found.hits, start=offset + 1):
        head = Text.assemble(
            (f"{at:3}. ", "dim"), (hit.number_symbol or _("(không số)"), "bold cyan"), "  ",
            looks.written(hit.date) or _("(không ngày)"), "  ", name_of(hit.type),
        )  # fmt: skip
        where = Text(f"{hit.path}#{hit.ordinal}" if hit.ordinal > 1 else hit.path, style="dim")
        if hit.page > 1:
            where.append(_(", trang {page}").format(page=hit.page))
        blocks += [head]
        if hit.abstract:
            blocks.append(_indented(Text(" ".join(hit.abstract.split()))))
        if belongs := _belongs(hit, checklists):
            blocks.append(_indented(Text(belongs, style="green")))
        blocks += [_whole(where) if piped else _indented(where), _indented(_snippet(hit)), Text()]
    blocks += _facets(found, checklists)
    blocks.append(Text(_foot(found, offset, limit), style="dim"))
    return Group(*blocks)


def _belongs(hit: Hit, checklists: Mapping[str, Checklist]) -> str:
    """The dossier, and the parts of it, in words."""
    from dossier.compliance.naming import inner, title

    if not hit.dossier_name:
        return ""
    checklist = checklists.get(hit.kind)
    kind = f"{inner(title(checklist))} " if checklist else ""
    told = [f"{kind}“{hit.dossier_name}”"]
    told[0] = told[0][:1].upper() + told[0][1:]
    for part in hit.parts:
        try:
            said = inner(title(checklist.part(part))) if checklist else ""
        except KeyError:
            said = ""
        told.append(f"{part} ({said})" if said else part)
    if len(told) == 1:
        return told[0] + _(", chưa thuộc mục nào")
    return told[0] + _(", mục ") + "; ".join(told[1:])


def _indented(text: Text) -> RenderableType:
    from rich.padding import Padding

    return Padding(text, _INDENT, expand=False)


def _whole(path: Text) -> Text:
    from rich.text import Text

    made = Text(" " * _INDENT[3], no_wrap=True, overflow="ignore")
    return made.append_text(path)


def _foot(found: Results, offset: int, limit: int) -> str:
    foot = _("{total} kết quả").format(total=found.total)
    pages, page = -(-found.total // limit), offset // limit + 1
    if pages > 1:
        foot += _(" · trang {page}/{pages}").format(page=page, pages=pages)
    if page < pages:
        foot += _(" · xem tiếp: --page {page}").format(page=page + 1)
    return foot + _(" · mở tệp: dossier open {number}").format(number=offset + 1)


def _facets(found: Results, checklists: Mapping[str, Checklist]) -> list[RenderableType]:
    from rich.text import Text

    names = {
        "type": _("Loại văn bản"), "year": _("Năm"), "kind": _("Loại hồ sơ"), "item": _("Mục"),
        "unit": _("Đơn vị"),
    }  # fmt: skip
    lines: list[RenderableType] = []
    for name, counts in found.facets.items():
        if counts:
            values = [f"{_called(name, value, checklists)} ({count})" for value, count in counts[:_SHOWN]]
            rest = ", …" if len(counts) > _SHOWN else ""
            lines.append(Text.assemble((f"{names[name]}: ", "bold"), ", ".join(values) + rest))
    return [*lines, Text()] if lines else []


def _called(facet: str, value: str, checklists: Mapping[str, Checklist]) -> str:
    if facet == "type":
        return name_of(value)
    return checklists[value].title if facet == "kind" and value in checklists else value


def _snippet(hit: Hit) -> Text:
    from html import unescape

    from rich.text import Text

    text = Text()
    marked = False
    for piece in _MARKED.split(hit.snippet):
        if piece in ("<mark>", "</mark>"):
            marked = piece == "<mark>"
        else:
            text.append(unescape(piece).replace("\n", " "), style="bold yellow" if marked else "")
    return text
