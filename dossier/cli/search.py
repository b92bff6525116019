"""``dossier search``."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import Day, common, emit_json, json_option, note, open_for, say
from dossier.document_types import name_of
from dossier.i18n import _

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from dossier.index import Hit, Results

_INDENT = (0, 0, 0, 5)
_MARKED = re.compile(r"(</?mark>)")


@click.command(
    help=_("Tìm văn bản trong kho: có dấu hay không dấu đều được. Ví dụ: dossier search 12/QĐ-UBND")
)
@click.argument("query", nargs=-1, required=True, metavar=_("TỪ…"))
@click.option("--archive", type=click.Path(path_type=Path), metavar=_("KHO"), help=_("Kho cần tìm."))
@click.option("--dossier", metavar=_("TÊN"), help=_("Chỉ trong hồ sơ có tên này."))
@click.option("--kind", metavar=_("LOẠI"), help=_("Chỉ loại hồ sơ này: mo-hinh, dien-hinh."))
@click.option("--item", type=click.IntRange(1, 99), help=_("Chỉ mục này."))
@click.option("--type", "type_", metavar=_("LOẠI"), help=_("Loại văn bản: quyet-dinh, ke-hoach, bao-cao, …"))
@click.option("--from", "date_from", type=Day(), help=_("Ban hành từ ngày."))
@click.option("--to", "date_to", type=Day(), help=_("Ban hành đến ngày."))
@click.option("--sort", type=click.Choice(["relevance", "date", "number"]), default="relevance")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0)
@json_option
@common
def search(
    query: tuple[str, ...],
    archive: Path | None,
    dossier: str | None,
    kind: str | None,
    item: int | None,
    type_: str | None,
    date_from: date | None,
    date_to: date | None,
    sort: str,
    limit: int,
    offset: int,
    as_json: bool,
    state: Path | None,
) -> None:
    """See the help text."""
    from dossier.index import Filters, Sort
    from dossier.usecases.search import search as find

    filters = Filters(dossier, kind, item, type_, date_from, date_to)
    found = find(
        open_for(archive, state), " ".join(query), filters, sort=Sort(sort), limit=limit, offset=offset
    )
    if as_json:
        emit_json(_as_dict(found))
        return
    for remark in found.notes:
        note(remark)
    if not found.hits:
        note(_("Không tìm thấy. Thử ít từ hơn, bỏ dấu, hoặc bỏ bớt điều kiện lọc."))
        return
    say(table(found, offset))


def _as_dict(found: Results) -> dict[str, object]:
    return {
        "query": found.query,
        "total": found.total,
        "took_ms": found.took_ms,
        "notes": list(found.notes),
        "hits": [
            {
                "path": hit.path,
                "ordinal": hit.ordinal,
                "score": hit.score,
                "number_symbol": hit.number_symbol or None,
                "date": hit.date.isoformat() if hit.date else None,
                "type": hit.type or None,
                "item": hit.item,
                "dossier": hit.dossier,
                "snippet": hit.snippet,
            }
            for hit in found.hits
        ],
    }


def table(found: Results, offset: int) -> RenderableType:
    """The hits for a person, numbered from ``offset`` + 1."""
    from rich.console import Group
    from rich.padding import Padding
    from rich.text import Text

    blocks: list[RenderableType] = []
    for at, hit in enumerate(found.hits, start=offset + 1):
        head = Text.assemble(
            (f"{at:3}. ", "dim"), (hit.number_symbol or _("(không số)"), "bold cyan"), "  ",
            hit.date.strftime("%d/%m/%Y") if hit.date else _("(không ngày)"), "  ", name_of(hit.type),
            (_("  mục {item}").format(item=hit.item) if hit.item else "", "green"),
        )  # fmt: skip
        where = Text(f"{hit.path}#{hit.ordinal}" if hit.ordinal > 1 else hit.path, style="dim")
        blocks += [head, Padding(where, _INDENT), Padding(_snippet(hit), _INDENT), Text()]
    blocks.append(
        Text(_("{total} kết quả, {ms:.1f} ms").format(total=found.total, ms=found.took_ms), style="dim")
    )
    return Group(*blocks)


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
