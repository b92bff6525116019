"""``dossier config``: the settings of an archive, by their Vietnamese names."""

from __future__ import annotations

import click

from dossier.cli.shared import (
    GivenArchive,
    archive_option,
    assignments,
    emit_json,
    note,
    say,
    standard,
    tell,
)
from dossier.i18n import _


@click.command(
    help=_(
        "Cài đặt của kho. Không nêu gì: liệt kê. Nêu TÊN: xem một cài đặt. Nêu TÊN=GIÁ_TRỊ: đổi; để trống "
        'sau dấu = thì bỏ. Ví dụ: dossier config "người ký=Thiếu tá Nguyễn Văn An" "nhắc trước=45". Chỉ tệp '
        "dossier.toml của kho thay đổi, các ghi chú trong đó giữ nguyên."
    )
)
@click.argument("said", nargs=-1, metavar=_("[TÊN[=GIÁ_TRỊ]…]"))
@archive_option(_("Kho cần xem."))
@standard("json")
def config(said: tuple[str, ...], given: GivenArchive, as_json: bool) -> None:
    from dossier.setting_names import ME, SETTINGS
    from dossier.usecases import configuring as use

    opened = given.open()
    words = assignments(said[1:] if said[:1] in (("set",), ("get",), ("list",)) else said)
    if len(words) == 2 and "=" not in "".join(words) and use.is_setting(words[0]):
        words = ["=".join(words)]  # dossier config đơn-vị "Công an xã Hàm Liêm"
    changes = [each.partition("=") for each in words if "=" in each]
    if changes:
        use.change(opened, [(use.setting_named(name), value) for name, _equals, value in changes])
        opened = given.open()
    plain = [each for each in words if "=" not in each]
    one = " ".join(plain)
    shown = [use.setting_named(name) for name, _equals, _value in changes]
    if one:
        shown.append(use.setting_named(one))
    chosen = shown or [*SETTINGS, use.setting_named(ME)]
    values = {each.path: use.value_of(opened, each) for each in chosen}
    if as_json:
        emit_json(values)
    elif shown:
        for each in chosen:
            tell(f"{_(each.called)}: {values[each.path] or _('chưa đặt')}")
    else:
        from rich.table import Table
        from rich.text import Text

        table = Table.grid(padding=(0, 2, 0, 0))
        for each in chosen:
            value = values[each.path]
            example = _("chưa đặt; ví dụ: {example}").format(example=_(each.example))
            table.add_row(_(each.called), Text(value) if value else Text(example, style="dim"))
        say(table)
        note(_('Đổi: dossier config "TÊN=GIÁ_TRỊ"'))
