"""``dossier explain``."""

from __future__ import annotations

from pathlib import Path

import click

from dossier.cli.shared import common, emit_json, json_option, open_for, say
from dossier.i18n import _


@click.command(help=_("Giải thích một QUY_TẮC (MH-06, TV-01, …); không nêu thì liệt kê tất cả theo nhóm."))
@click.argument("named", nargs=-1, metavar=_("[QUY_TẮC]"))
@click.option(
    "--archive", type=click.Path(path_type=Path), metavar=_("KHO"), help=_("Kho có danh mục riêng.")
)
@json_option
@common
def explain(named: tuple[str, ...], archive: Path | None, as_json: bool, state: Path | None) -> None:
    """See the help text."""
    from dataclasses import asdict

    from rich.markdown import Markdown

    from dossier.compliance import rules
    from dossier.usecases import publish

    checklists = open_for(archive, state).checklists
    if not named:
        every = rules.all_rules(checklists)
        if as_json:
            emit_json([asdict(text) for text in every])
        else:
            say(publish.rule_list(every))
        return
    text = rules.explain(" ".join(named), checklists)
    if as_json:
        emit_json(asdict(text))
    else:
        say(Markdown(rules.as_markdown(text)))
