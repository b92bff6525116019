"""Wording of proposals for dossiers, and of why an archive is not complete."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dossier.i18n import _
from dossier.machine_json import fields
from dossier.model import AnyArchive, Hint, Proposal, Reason, Unsorted
from reports.looks import number, printable

if TYPE_CHECKING:
    from rich.console import RenderableType

_NAMED = 3  # folders named in a sentence


def reason(told: Reason) -> str:
    """A reason of a proposal in words."""
    if told.hint is Hint.FOLDER_NAME:
        return _("tên thư mục có “{word}”").format(word=told.text)
    if told.hint is Hint.FOUNDING:
        if told.text:
            return _("có văn bản thành lập số {number}").format(number=number(told.text))
        return _("có văn bản thành lập")
    if told.hint is Hint.NAMED:
        return _("{count} văn bản nói về “{name}”").format(count=told.count, name=told.text)
    if told.hint is Hint.DIVIDED:
        return _("thư mục con chỉ chia phần, như “{name}”").format(name=told.text)
    if told.hint is Hint.ALSO_IN:
        return _("cùng tên với thư mục “{path}”: có thể là một hồ sơ để ở hai nơi").format(path=told.text)
    if told.hint is Hint.AMONG:
        if told.text == ".":
            return _("chỉ gồm những tệp này, để lẫn với giấy tờ khác trong kho")
        among = _("chỉ gồm những tệp này trong thư mục “{path}”, nơi để lẫn giấy tờ khác")
        return among.format(path=told.text)
    if told.hint is Hint.JOINED:
        return _("thêm {count} tệp để lẫn trong thư mục “{path}”").format(count=told.count, path=told.text)
    if told.hint is Hint.LATER:
        if told.text == ".":
            return _("{count} tệp để lẫn trong kho giống giấy tờ của hồ sơ đã có này").format(
                count=told.count
            )
        later = _("{count} tệp để trong “{path}” giống giấy tờ của hồ sơ đã có này")
        return later.format(count=told.count, path=told.text)
    return _("{count} văn bản hợp với các mục").format(count=told.count)


def why(proposal: Proposal) -> list[str]:
    """The reasons of a proposal in words, and some of its chosen files."""
    told = [reason(each) for each in proposal.reasons]
    if proposal.chosen:
        names = [path.rpartition("/")[2] for path in proposal.chosen[:_NAMED]]
        told.append(", ".join(names) + (", …" if len(proposal.chosen) > _NAMED else ""))
    return told


def where(proposal: Proposal) -> str:
    """The folder of a proposal in words."""
    return _("(cả kho)") if proposal.path == "." else proposal.path


def unsorted(report: AnyArchive) -> str:
    """What keeps the archive from being complete, with advice, in a sentence; empty if nothing."""
    proposals = [each for each in report.proposals if not each.adds]
    count, added = report.outside.count, [each for each in report.proposals if each.adds]
    if report.unsorted is None:
        return ""
    if added:
        count, name = sum(each.files for each in added), added[0].name
        said = _("{count} tệp để ngoài giống giấy tờ của hồ sơ “{name}”: dossier adopt TỆP… --into “{name}”.")
        if len(added) > 1:
            said = _("{count} tệp để ngoài giống giấy tờ của các hồ sơ đã có (“{name}”, …).")
        rest = unsorted(replace(report, proposals=tuple(proposals))) if proposals else ""
        return " ".join(
            [said.format(count=count, name=name), _("Xem và thêm bằng: dossier adopt"), rest]
        ).strip()
    if proposals:
        named = ", ".join(f"“{where(each)}”" for each in proposals[:_NAMED])
        said = (
            _("Chưa có hồ sơ nào; {count} thư mục trông giống hồ sơ: {named}.")
            if report.unsorted is Unsorted.NO_DOSSIER
            else _("{count} thư mục trông giống hồ sơ mà chưa ai nhận: {named}.")
        )
        advice = _("Xem và nhận bằng: dossier adopt")
        more = ", …" if len(proposals) > _NAMED else ""
        if any(each.chosen for each in proposals):  # of files among others: no folders
            said = _("Có thể có {count} hồ sơ chưa ai nhận: {named}.")
        return f"{said.format(count=len(proposals), named=named + more)} {advice}"
    if report.unsorted is Unsorted.NO_DOSSIER and not count:
        return _('Kho chưa có hồ sơ nào. Tạo hồ sơ mới: dossier new "mô hình" TÊN')
    if report.unsorted is Unsorted.NO_DOSSIER:
        return _(
            "Chưa thấy hồ sơ nào trong {count} tệp. Nếu một thư mục là hồ sơ, hãy nhận nó: "
            "dossier adopt THƯ_MỤC"
        ).format(count=count)
    return _(
        "{count} tệp nằm ngoài mọi hồ sơ, nhiều hơn mức thường. Nhận thư mục của chúng là hồ sơ: "
        "dossier adopt THƯ_MỤC, cho biết đó không phải hồ sơ: dossier adopt --none THƯ_MỤC, hoặc xếp từng "
        "tệp vào hồ sơ: dossier adopt TỆP… --into HỒ_SƠ"
    ).format(count=count)


def listing(proposals: Sequence[Proposal], kinds: Mapping[str, str]) -> RenderableType:
    """Table of numbered proposals; ``kinds``: titles of kinds."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column(_("Số"), justify="right")
    table.add_column(_("Thư mục"), overflow="fold")
    table.add_column(_("Hồ sơ"), overflow="fold")
    table.add_column(_("Tệp"), justify="right")
    table.add_column(_("Vì sao"), overflow="fold")
    for at, each in enumerate(proposals, start=1):
        table.add_row(
            str(at), Text(printable(where(each))),
            Text(printable(f"{each.name} ({kinds.get(each.kind, each.kind)})")),
            str(each.files), Text(printable("; ".join(why(each)))),
        )  # fmt: skip
    return table


def lines(proposals: Sequence[Proposal]) -> Iterator[str]:
    """The proposals as plain lines."""
    for each in proposals:
        yield f"{where(each)}: {each.name} ({'; '.join(why(each))})"


def plain(each: Proposal) -> dict[str, object]:
    """A proposal for machines."""
    reasons = [fields(reason, "hint text? count? documents") for reason in each.reasons]
    return fields(each, "path kind name files") | {"chosen_files": list(each.chosen), "reasons": reasons}
