"""``dossier review``: decide doubtful documents one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossier.cli.shared import (
    GivenArchive,
    at_a_screen,
    dossier_meant,
    emit_json,
    launched,
    note,
    say,
    standard,
)
from dossier.errors import DossierError, UsageError
from dossier.i18n import N_, _

if TYPE_CHECKING:
    from dossier.usecases.review import Question, Review

_FIELDS = {
    "number": N_("số"),
    "date": N_("ngày"),
    "type": N_("loại"),
    "abstract": N_("trích yếu"),
    "issuer": N_("cơ quan"),
    "signer": N_("người ký"),
}
_LINES = 6  # lines shown of the document's beginning


@click.command(
    help=_(
        "Xem lần lượt các văn bản chưa chắc thuộc mục nào và quyết định bằng một phím; văn bản làm thay đổi "
        "kết quả nhiều nhất được hỏi trước. Không có màn hình thì đọc mỗi dòng của stdin là một câu trả lời."
    )
)
@click.option("--dossier", metavar=_("HỒ_SƠ"), help=_("Chỉ hồ sơ này."))
@click.option("--list", "only_list", is_flag=True, help=_("Chỉ liệt kê, không hỏi."))
@standard("archive", "today", "json", "wait")
def review(
    given: GivenArchive, dossier: str | None, only_list: bool, today: date | None, as_json: bool
) -> None:
    from dossier.usecases import review as use
    from dossier.usecases import rows
    from dossier.usecases.naming import check_named
    from reports import questions

    opened = given.open()
    if dossier:
        dossier = dossier_meant(opened, dossier)
        check_named(opened, dossier)
    if as_json:
        emit_json([question.as_dict() for question in use.questions(opened, today, dossier)])
        return
    if only_list:
        found = use.questions(opened, today, dossier)
        if found:
            rows.remember(opened, rows.Rows.PAPERS, [question.document.named for question in found])
            say(questions.listing([(q.document, q.doubt.answers, q.doubt.parts) for q in found]))
        else:
            note(_("Không có văn bản nào cần xem lại."))
        return
    walk = use.Review(opened, today, dossier)
    try:
        _walk(walk)
    finally:
        walk.finish()
    note(_("Đã quyết định {count} văn bản; còn {left} văn bản cần xem.").format(
        count=walk.answered, left=walk.left + walk.skipped
    ))  # fmt: skip


def _walk(walk: Review) -> None:
    """Ask until no question is left or the user quits."""
    keys = _keys()
    asked = None
    while (question := walk.current) is not None:
        if question is not asked:
            asked = question
            _ask(walk)
        key = next(keys, "q")
        if key == "q":
            return
        try:
            _obey(walk, key)
        except DossierError as error:  # an unknown part, or another process is writing: ask again
            note(error.in_full)


def _ask(walk: Review) -> None:
    from rich.rule import Rule
    from rich.text import Text

    from reports import questions

    question = walk.current
    assert question is not None
    say(Rule(_("còn {left} văn bản").format(left=walk.left), align="left", style="dim"))
    doubt, folder = question.doubt, question.folder.name
    lines = walk.lines(_LINES)
    say(questions.question(doubt.document, folder, question.why, lines, doubt.answers, question.title))
    say(Text(f"\n{_keys_told(len(question.doubt.answers))}", style="dim"))


def _keys_told(answers: int) -> str:
    numbers = {0: "", 1: "1  "}.get(answers, f"1–{answers}  ")
    told = _("n không thuộc mục nào  s bỏ qua  o mở tệp  b quay lại  t gõ mã  e sửa số, ngày, loại…  q thôi")
    return f"{numbers}{told}"


def _obey(walk: Review, line: str) -> None:
    """Execute a key, or a line of several characters."""
    question = walk.current
    assert question is not None
    answers = question.doubt.answers
    key = line.lower()
    if key.isdecimal() and len(key) == 1:
        if not 1 <= int(key) <= len(answers):
            note(_("Không có lựa chọn {key}.").format(key=key))
            return
        walk.answer(answers[int(key) - 1])
    elif key == "n":
        walk.answer(())
    elif key == "s":
        walk.skip()
    elif key == "b":
        if not walk.back():
            note(_("Đây là văn bản đầu tiên."))
    elif key == "o":
        _open(walk.file())
    elif key == "e" or key.startswith("e "):
        said = _asked(walk, question) if at_a_screen() else _fields(line[1:])
        if said:
            walk.fix(said)
    elif len(places := key.removeprefix("t ").split()) and (len(key) > 1):
        walk.typed(places)
    else:
        note(_("Không hiểu “{key}”. Các phím:").format(key=line))
        note(_keys_told(len(answers)))


def _asked(walk: Review, question: Question) -> dict[str, str]:
    """Ask for each field of the header, again where the value is not possible; unchanged ones are not
    corrected."""
    from dossier.usecases.field_values import read

    note(_("Enter: giữ nguyên; gạch ngang (-): văn bản không có."))
    said = {}
    for name, value in read(question.document.header).items():
        typed = _field(walk, name, value)
        if typed != value:
            said[name] = "" if typed == "-" else typed
    return said


def _field(walk: Review, name: str, value: str) -> str:
    while True:
        typed = str(click.prompt(_(_FIELDS[name]), default=value, show_default=bool(value))).strip()
        if typed == value:
            return typed
        try:
            walk.check({name: "" if typed == "-" else typed})
        except UsageError as error:  # what was typed for the other fields stays
            note(error.in_full)
        else:
            return typed


def _fields(line: str) -> dict[str, str]:
    """Parse fields in a line of piped input: ``số=12/QĐ-UBND; ngày=05/12/2024``. Raises
    :class:`~dossier.errors.UsageError` for an unknown name."""
    from dossier.vietnamese import words

    known = {words(said): name for name, title in _FIELDS.items() for said in (name, title, _(title))}
    said = {}
    for each in filter(None, map(str.strip, line.split(";"))):
        name, _equals, value = each.partition("=")
        if words(name) not in known:
            raise UsageError(
                _("Không có trường “{name}”.").format(name=name.strip()),
                _("Các trường: {names}.").format(names=", ".join(map(_, _FIELDS.values()))),
            )
        said[known[words(name)]] = "" if value.strip() == "-" else value.strip()
    return said


def _open(file: Path) -> None:
    """Open the file in the system's program for it."""
    if not launched(file):
        note(_("Không mở được trên máy này; tệp nằm ở: {path}").format(path=file))


def _keys() -> Iterator[str]:
    """Yield single keys of a terminal, or lines of piped input."""
    if not at_a_screen():
        for line in sys.stdin:
            if line.strip():
                yield line.strip()
        return
    while True:
        key = click.getchar().lower()
        if key in ("\x03", "\x04", "\x1b"):  # Ctrl-C, Ctrl-D, Esc
            key = "q"
        if key == "t":
            key = "t " + click.prompt(_("Mã thành phần (ví dụ 6a, hoặc 6a 6c, 10a:2024-H1)"), default="")
        yield key.strip().lower()
