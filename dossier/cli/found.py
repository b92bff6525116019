"""Output of search results for people and machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from dossier.checklists.english import type_said
from dossier.i18n import _
from dossier.machine_json import fields
from dossier.vietnamese import capitalised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType
    from rich.text import Text

    from dossier.checklists.schema import Checklist
    from dossier.index import Hit, Results
    from dossier.usecases.everywhere import Everywhere

_INDENT = (0, 0, 0, 5)
_MARKED = re.compile(r"(</?mark>)")
_SHOWN = 8  # values shown of a facet


def as_dict(found: Results) -> dict[str, Any]:
    """The results with the keys of the JSON contract."""
    told = fields(found, "query total took_ms notes suggestion? corrected")
    told["hits"] = [_hit(hit) for hit in found.hits]
    if found.facets:
        told["facets"] = {
            name: [{"value": value, "count": count} for value, count in counts]
            for name, counts in found.facets.items()
        }
    return told


def _hit(hit: Hit) -> dict[str, object]:
    return fields(
        hit,
        "path ordinal score number_symbol? date? type? item dossier snippet abstract? page parts "
        "dossier_name?",
    )


def everywhere_as_dict(found: Everywhere) -> dict[str, object]:
    """The hits of several archives, each with its archive's name."""
    return {
        "query": found.query,
        "total": sum(found.totals.values()),
        "took_ms": round(found.took_ms, 1),
        "hits": [{"archive": name, **_hit(hit)} for name, hit in found.hits],
        "archives": [{"name": name, "total": total} for name, total in found.totals.items()],
        "silent": [{"name": name, "why": why} for name, why in found.silent.items()],
    }


def everywhere_table(found: Everywhere, checklists: Mapping[str, Checklist]) -> RenderableType:
    """The hits of several archives for people; archives that did not answer are listed at the end."""
    from rich.console import Group
    from rich.text import Text

    from reports.looks import printable

    blocks: list[RenderableType] = []
    for at, (name, hit) in enumerate(found.hits, start=1):
        blocks += _entry(at, hit, checklists, piped=False, archive=printable(name))
    totals = "; ".join(f"{name}: {total}" for name, total in found.totals.items())
    said = _("{total} kết quả ({totals}); {answered} trên {asked} kho đã trả lời.").format(
        total=sum(found.totals.values()), totals=totals, answered=len(found.totals), asked=found.asked
    )
    blocks.append(Text(printable(said), style="dim"))
    for name, why in found.silent.items():
        silent = _("Không có câu trả lời của {name}: {why}.").format(name=name, why=why)
        blocks.append(Text(printable(silent), style="yellow"))
    return Group(*blocks)


def table(
    found: Results, checklists: Mapping[str, Checklist], offset: int, limit: int = 10, *, piped: bool = False
) -> RenderableType:
    """The hits for people, numbered from ``offset`` + 1; in a pipe, paths are not wrapped."""
    from rich.console import Group
    from rich.text import Text

    blocks: list[RenderableType] = []
    for at, hit in enumerate(found.hits, start=offset + 1):
        blocks += _entry(at, hit, checklists, piped=piped)
    blocks += _facets(found, checklists)
    blocks.append(Text(_foot(found, offset, limit), style="dim"))
    return Group(*blocks)


def _entry(
    number: int, hit: Hit, checklists: Mapping[str, Checklist], *, piped: bool, archive: str = ""
) -> list[RenderableType]:
    """One numbered hit; ``archive``: its archive, if there are several."""
    from rich.text import Text

    from reports import looks

    head = Text.assemble(
        (f"{number:3}. ", "dim"), (looks.number(hit.number_symbol) or _("(không số)"), "bold cyan"), "  ",
        looks.written(hit.date) or _("(không ngày)"), "  ", type_said(hit.type),
    )  # fmt: skip
    if archive:
        head.append(f"  [{archive}]", "magenta")
    where = Text(hit.named, style="dim")
    if hit.page > 1:
        where.append(_(", trang {page}").format(page=hit.page))
    blocks: list[RenderableType] = [head]
    if hit.abstract:
        blocks.append(_indented(Text(" ".join(hit.abstract.split()))))
    if belongs := _belongs(hit, checklists):
        blocks.append(_indented(Text(belongs, style="green")))
    return [*blocks, _whole(where) if piped else _indented(where), _indented(_snippet(hit)), Text()]


def _belongs(hit: Hit, checklists: Mapping[str, Checklist]) -> str:
    """The dossier and the parts of a hit in words."""
    from dossier.compliance.naming import inner, title

    if not hit.dossier_name:
        return ""
    checklist = checklists.get(hit.kind)
    kind = f"{inner(title(checklist))} " if checklist else ""
    told = [f"{kind}“{hit.dossier_name}”"]
    told[0] = capitalised(told[0])
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
        return type_said(value)
    if facet == "unit":
        from reports.units import unit_name

        return unit_name(value)
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
