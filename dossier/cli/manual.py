"""``dossier help``: the installed manual."""

from __future__ import annotations

import re

import click

from dossier.cli.shared import emit_json, note, say, standard, tell
from dossier.i18n import _

_PICTURE = re.compile(r"^!\[([^\]]*)\]\(([^)]*)\)\n?", re.MULTILINE)


@click.command(
    "help",
    help=_(
        "Sách hướng dẫn, mỗi trang một việc. Không nêu gì: liệt kê các trang. Nêu số trang hay chủ đề: mở "
        "trang ấy, ví dụ: dossier help tìm."
    ),
)
@click.argument("topic", nargs=-1, metavar=_("[CHỦ_ĐỀ]"))
@standard("json")
def help_(topic: tuple[str, ...], as_json: bool, state: object) -> None:
    from rich.markdown import Markdown

    from dossier.usecases import manual

    if not topic:
        every = manual.pages()
        if as_json:
            emit_json([{"number": each.number, "title": each.title} for each in every])
            return
        for each in every:
            tell(f"{each.number:3}  {each.title}")
        note(_("Mở một trang: dossier help SỐ, hoặc dossier help CHỦ_ĐỀ. Các lệnh: dossier --help"))
        return
    found = manual.page(" ".join(topic))
    if as_json:
        emit_json({"number": found.number, "title": found.title, "text": found.text})
        return
    say(Markdown(_PICTURE.sub("", found.text)))
    if _PICTURE.search(found.text):
        note(_("Bản có hình: {path}").format(path=found.file))
