"""Review questions on doubtful documents for the terminal, from 80 columns on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from dossier.checklists.english import type_said
from dossier.checklists.sentence_case import body
from dossier.i18n import N_, _, moment
from dossier.model import Correction, Decision, Document, Placement, named
from reports import looks
from reports.looks import printable

FIELD_NAMES = {
    "number_symbol": N_("Số, ký hiệu"),
    "date": N_("Ngày"),
    "type": N_("Loại"),
    "abstract": N_("Trích yếu"),
    "issuing_body": N_("Cơ quan"),
    "signer": N_("Người ký"),
}
_EVIDENCE = 3  # sentences shown for one answer
Titles = Callable[[Placement], str]
Answers = Sequence[tuple[Placement, ...]]


def field_names(names: Sequence[str]) -> list[str]:
    """What the fields of a head are called within a sentence."""
    return [_(FIELD_NAMES.get(name, name)).lower() for name in names]


def question(
    document: Document, where: str, why: str, lines: Sequence[str], answers: Answers, title: Titles
) -> RenderableType:
    """A question: the fields and first lines of a document, and the numbered answers.

    ``where``: name of the dossier; ``why``: what depends on the answer; ``title``: returns a placement's
    title.
    """
    header = document.header
    first, last = document.pages
    said = [
        (_("Tệp"), Text(printable(document.path), style="bold")),
        (_("Trang"), Text(f"{first}–{last}") if last > first else None),
        (_("Hồ sơ"), Text(printable(where))),
        (_("Văn bản"), _paper(document)),
        (_("Trích yếu"), Text(printable(header.abstract)) if header.abstract else None),
        (_("Cơ quan"), Text(printable(body(header.issuing_body))) if header.issuing_body else None),
        *((_("Chưa chắc"), Text(printable(open_), style="magenta")) for open_ in looks.open_fields(document)),
    ]
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in said:
        if value is not None:
            table.add_row(name, value)
    beginning = Text("\n").join(Text(printable(line), overflow="ellipsis", no_wrap=True) for line in lines)
    blocks: list[RenderableType] = [table]
    if lines:
        blocks += [Padding(beginning, (1, 0, 0, 2), style="dim")]
    blocks += [Text(f"\n{why}", style="magenta"), _answers(answers, title)]
    return Group(*blocks)


def _paper(document: Document) -> Text:
    header = document.header
    told = [type_said(header.type), looks.number(header.number_symbol), looks.written(header.dated)]
    return Text(printable(", ".join(filter(None, told)))) if any(told) else Text(_("không thấy"), style="dim")


def _answers(answers: Answers, title: Titles) -> RenderableType:
    if not answers:
        return Text(_("Không có gợi ý nào: gõ mã thành phần, hoặc n."), style="dim")
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(style="bold cyan", no_wrap=True)
    table.add_column(overflow="fold")
    for number, answer in enumerate(answers, start=1):
        text = Text(" + ").join(_place(place, title) for place in answer)
        text.append(f"  {max(place.confidence for place in answer):.0%}", style="dim")
        for sentence in dict.fromkeys(said for place in answer for said in place.evidence[:_EVIDENCE]):
            text.append(f"\n· {printable(sentence)}", style="dim")
        table.add_row(f"[{number}]", text)
    return table


def _place(place: Placement, title: Titles) -> Text:
    return Text.assemble((place.part, "bold"), f" {title(place)}")


def listing(rows: Sequence[tuple[Document, Answers, Sequence[str]]]) -> RenderableType:
    """Table of all questions: (document, answers, parts that depend on it)."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("", justify="right", style="dim", no_wrap=True)
    table.add_column(_("Tệp"), overflow="fold", ratio=5)
    table.add_column(_("Văn bản"), overflow="fold", ratio=4)
    table.add_column(_("Có thể là"), overflow="fold", ratio=2)
    table.add_column(_("Quyết định"), overflow="fold", ratio=2)
    for number, (document, answers, parts) in enumerate(rows, start=1):
        likely = ", ".join(dict.fromkeys(place.part for answer in answers for place in answer))
        paper = _paper(document)
        if document.header.abstract:
            paper.append(f"\n{printable(document.header.abstract)}", style="dim")
        table.add_row(
            str(number), Text(printable(document.named)), paper, likely or "–", ", ".join(parts) or "–"
        )
    return table


_STATES = {
    "in-force": ("✓", N_("có hiệu lực"), "green"),
    "waiting": ("…", N_("chờ tệp"), "cyan"),
    "astray": ("?", N_("tệp nay chia văn bản khác"), "magenta"),
    "ended": ("–", N_("đã bỏ"), "dim"),
}


def decisions(rows: Sequence[tuple[Decision | Correction, str, str, str]]) -> RenderableType:
    """Table of decisions and corrections: (decision, path of the file, state as in the use case, placement in
    words)."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column(_("Tệp"), overflow="fold", ratio=5)
    table.add_column(_("Thuộc"), overflow="fold", ratio=4)
    table.add_column(_("Ai, lúc nào"), overflow="fold", ratio=3)
    table.add_column(_("Tình trạng"), overflow="fold", ratio=3)
    for decision, path, state, belongs in rows:
        symbol, word, colour = _STATES[state]
        told = f"{symbol} {_(word)}"
        if decision.ended_at is not None:
            told += f"\n{printable(decision.ended_by)}, {moment(decision.ended_at)}"
        places = Text("\n").join(_fixed(decision)) if isinstance(decision, Correction) else Text(belongs)
        name = named(path or decision.sha256[:16], decision.ordinal)
        table.add_row(
            Text(printable(name)),
            places,
            Text(f"{printable(decision.author)}\n{moment(decision.made_at)}"),
            Text(told, style=colour),
        )
    return table


def _fixed(correction: Correction) -> list[Text]:
    """The corrected values, one line per field."""
    told = []
    for name, label in FIELD_NAMES.items():
        if name in correction.values:
            value = correction.values[name]
            said = type_said(value) if name == "type" else looks.written(value) if name == "date" else value
            told.append(Text(f"{_(label)}: {printable(said) or _('không có')}"))
    return told
