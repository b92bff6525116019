"""``dossier show``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from dossier.cli.shared import common, emit_json, json_option, open_for, say, tell, today_option
from dossier.i18n import _


@click.command(
    help=_(
        "Cho biết về ĐƯỜNG_DẪN: tệp thì được hiểu là gì và vì sao; hồ sơ thì đang có gì, thiếu gì; "
        "thư mục thì từng hồ sơ trong đó ra sao."
    )
)
@click.argument("path", metavar=_("ĐƯỜNG_DẪN"))
@click.option("--archive", type=click.Path(path_type=Path), metavar=_("KHO"), help=_("Kho chứa nó."))
@json_option
@today_option
@common
def show(path: str, archive: Path | None, as_json: bool, today: date | None, state: Path | None) -> None:
    """See the help text."""
    from dossier.archive import find_root
    from dossier.model import ComplianceReport, DossierReport, IgnoredFile, UnreadFile
    from dossier.usecases import publish
    from dossier.usecases.inspect import inspect

    around = find_root(Path(path).resolve()) if archive is None and Path(path).exists() else archive
    known = inspect(open_for(around, state), path, today)
    if as_json:
        emit_json(publish.as_dict(known))
    elif isinstance(known, ComplianceReport):
        say(publish.summary(known))
    elif isinstance(known, DossierReport):
        say(publish.dossier_view(known))
    elif isinstance(known, UnreadFile):
        tell(_("{path}: chưa đọc được ({reason}). {detail}").format(
            path=known.path, reason=publish.reason(known), detail=known.detail
        ))  # fmt: skip
        for place in known.candidates:
            tell("  " + _("có thể là {part}: {why}").format(part=place.part, why="; ".join(place.evidence)))
    elif isinstance(known, IgnoredFile):
        tell(_("{path}: không tính ({why}).").format(path=known.path, why=known.why))
    else:
        for document in known:
            say(publish.document_view(document))
