"""``dossier set`` and ``dossier done``."""

from __future__ import annotations

import click

from dossier.cli.shared import (
    GivenArchive,
    assignments,
    dossier_meant,
    emit_json,
    note,
    say,
    standard,
)
from dossier.i18n import _


@click.command(
    name="set",
    help=_(
        "Ghi nhận điều đã biết về HỒ_SƠ: KHÓA=GIÁ_TRỊ, tiếng Việt, có dấu hay không dấu, ví dụ "
        'thành-lập=05/03/2023 quỹ=không chủ-trì="công an". Để trống sau dấu = thì bỏ điều đã ghi. Không nêu '
        "gì thì liệt kê mọi điều cùng nguồn của nó. Thắng hoso.toml và điều suy ra; không sửa tệp nào."
    ),
)
@click.argument("dossier", metavar=_("HỒ_SƠ"))
@click.argument("said", nargs=-1, metavar=_("KHÓA=GIÁ_TRỊ…"))
@click.option("--history", is_flag=True, help=_("Những gì từng được ghi nhận, ai ghi, khi nào."))
@standard("--archive", "json", "wait")
def set_(dossier: str, said: tuple[str, ...], history: bool, given: GivenArchive, as_json: bool) -> None:
    from dossier.usecases import fact_entries
    from reports import facts

    first = next((at for at, word in enumerate(said) if "=" in word), len(said))
    dossier, told = " ".join([dossier, *said[:first]]), assignments(said[first:])
    opened = given.around(dossier).open()
    path = dossier_meant(opened, dossier)
    if history:
        recorded = fact_entries.entries_of(opened, path)
        if as_json:
            emit_json(facts.history_json(recorded))
        else:
            say(facts.history(recorded))
        return
    report = fact_entries.record_and_report(opened, path, told) if told else fact_entries.facts(opened, path)
    if as_json:
        emit_json(facts.as_json(report))
    else:
        say(facts.view(report))


@click.command(
    help=_(
        "Ghi nhận đơn vị đã làm VIỆC (TH-21 … TH-24) của NĂM; chưa ghi nhận hoặc chưa thấy văn bản thì việc "
        "ấy vẫn để mở, cả sau hạn. Không nêu gì thì liệt kê."
    )
)
@click.argument("rule", metavar=_("VIỆC"), required=False)
@click.argument("year", metavar=_("NĂM"), type=int, required=False)
@click.option("--on", default="", metavar=_("NGÀY"), help=_("Ngày đã làm, ví dụ 12/11/2026."))
@click.option("--undo", is_flag=True, help=_("Bỏ điều đã ghi nhận."))
@standard("--archive", "json", "wait")
def done(rule: str | None, year: int | None, on: str, undo: bool, given: GivenArchive, as_json: bool) -> None:
    from dossier.usecases import fact_entries
    from reports import facts

    opened = given.open()
    if rule is None:
        said = fact_entries.entries_of(opened, ".")
        if as_json:
            emit_json(facts.history_json(said))
        else:
            say(facts.history(said))
        return
    if year is None:
        raise click.UsageError(_("Nêu VIỆC và NĂM, ví dụ: dossier done TH-22 2026."))
    made = fact_entries.done(opened, rule, year, on, undo=undo)
    if as_json:
        emit_json(facts.history_json([made] if made else []))
    elif made is None:
        note(_("Đã bỏ ghi nhận {rule} năm {year}.").format(rule=rule.upper(), year=year))
    else:
        note(_("Đã ghi nhận {rule} năm {year}.").format(rule=rule.upper(), year=year))
