"""``dossier show`` and ``dossier explain``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import click

from dossier.cli.shared import (
    GivenArchive,
    archive_option,
    emit_json,
    say,
    show_dossier,
    show_summary,
    standard,
    tell,
)
from dossier.i18n import _


@click.command(
    help=_(
        "Cho biết về một tệp: được hiểu là gì và vì sao; về một hồ sơ: đang có gì, thiếu gì; về một thư mục "
        "(dấu chấm: cả kho): từng hồ sơ trong đó ra sao. Nêu số của dòng vừa hiện, tên, một phần tên, hay "
        "đường dẫn."
    )
)
@click.argument("named", nargs=-1, required=True, metavar=_("SỐ|TÊN"))
@standard("--archive", "json", "today")
def show(named: tuple[str, ...], given: GivenArchive, as_json: bool, today: date | None) -> None:
    from dossier.model import ComplianceReport, DossierReport, IgnoredFile, UnreadFile, in_brief
    from dossier.usecases import publish, rows, same_paper
    from dossier.usecases.inspect import inspect
    from dossier.usecases.naming import one_of
    from reports import json as json_report
    from reports import looks

    path = " ".join(named)
    if not path.strip():
        raise click.UsageError(_("Nêu tên, số dòng hay đường dẫn; cả kho thì ghi dấu chấm: dossier show ."))
    opened = given.around(path).open()
    name, ordinal = one_of(rows.path_of_row(opened, path))
    known = inspect(opened, name, today)
    if isinstance(known, tuple) and ordinal is not None:
        known = tuple(document for document in known if document.ordinal == ordinal) or known
    if as_json:
        emit_json(json_report.plain(known))
    elif isinstance(known, ComplianceReport):
        show_summary(opened, in_brief(known))
    elif isinstance(known, DossierReport):
        show_dossier(opened, known)
        _together(same_paper.lines(known))
    elif isinstance(known, UnreadFile):
        tell(_("{path}: chưa đọc được ({reason}). {detail}").format(
            path=known.path, reason=looks.reason(known.reason), detail=known.detail
        ))  # fmt: skip
        for place in known.candidates:
            tell(
                "  " + _("có thể là mục {part}: {why}").format(part=place.part, why="; ".join(place.evidence))
            )
    elif isinstance(known, IgnoredFile):
        tell(_("{path}: không tính ({why}).").format(path=known.path, why=known.why))
    else:
        for document in known:
            say(publish.document_view(opened, document))
        _together(same_paper.lines_of_file(opened, known[0].path))


def _together(lines: list[str]) -> None:
    """The files with versions of one paper."""
    if lines:
        tell("\n" + _("Cùng một văn bản ở nhiều tệp:"))
    for line in lines:
        tell(f"  {line}")


@click.command(help=_("Giải thích một QUY_TẮC (MH-06, TV-01, …); không nêu thì liệt kê tất cả theo nhóm."))
@click.argument("named", nargs=-1, metavar=_("[QUY_TẮC]"))
@archive_option(_("Kho có danh mục riêng."))
@standard("json")
def explain(named: tuple[str, ...], given: GivenArchive, as_json: bool) -> None:
    from rich.markdown import Markdown

    from dossier.compliance import rules
    from reports.screen.rules import listing

    checklists = given.open().checklists
    if not named:
        every = rules.all_rules(checklists)
        if as_json:
            emit_json([asdict(text) for text in every])
        else:
            say(listing(every))
        return
    text = rules.explain(" ".join(named), checklists)
    if as_json:
        emit_json(asdict(text))
    else:
        say(Markdown(rules.as_markdown(text)))
