"""``dossier search``, ``dossier open`` and ``dossier index``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from dossier.cli.numbers import WholeNumber
from dossier.cli.shared import (
    Day,
    GivenArchive,
    archive_option,
    emit_json,
    gathered,
    launched,
    note,
    say,
    standard,
    tell,
    waiting,
)
from dossier.i18n import _
from dossier.machine_json import fields

if TYPE_CHECKING:
    from dossier.archive import Archive
    from dossier.index import Filters, Results

_archive = archive_option(_("Kho cần tìm."))


@dataclass(frozen=True, slots=True)
class Conditions:
    """What hits have to be besides having the words: as typed."""

    dossier: str | None
    kind: str | None
    item: str | None
    type: str | None
    date_from: date | None
    date_to: date | None

    def __bool__(self) -> bool:
        return any((self.dossier, self.kind, self.item, self.type, self.date_from, self.date_to))

    def meant(self, archive: Archive) -> Filters:
        """Those conditions in the archive's terms. Raises :class:`~dossier.errors.UsageError`."""
        from dossier.usecases import rows
        from dossier.usecases.search import filters

        dossier = self.dossier and rows.path_of_row(archive, self.dossier, rows.Rows.DOSSIERS)
        return filters(archive, dossier, self.kind, self.item, self.type, self.date_from, self.date_to)


@dataclass(frozen=True, slots=True)
class HitsWanted:
    """Which of the hits, in what order; ``output``: all of them, into a file."""

    sort: str
    limit: int
    page: int | None
    offset: int
    output: str | None
    force: bool

    @property
    def first(self) -> int:
        """How many hits come before."""
        return 0 if self.output else (self.page - 1) * self.limit if self.page else self.offset


@click.command(
    help=_(
        "Tìm văn bản trong kho: có dấu hay không dấu đều được. Ví dụ: dossier search 12/QĐ-UBND; "
        "dossier search loại:quyết định năm:2024 camera. Chỉ có điều kiện, không có từ nào cũng tìm được."
    )
)
@click.argument("query", nargs=-1, metavar=_("TỪ…"))
@_archive
@click.option("--dossier", metavar=_("TÊN"), help=_("Chỉ trong hồ sơ này: tên, một phần tên, hay số dòng."))
@click.option("--kind", metavar=_("LOẠI"), help=_("Chỉ loại hồ sơ này: mô hình, điển hình."))
@click.option("--item", metavar=_("MỤC"), help=_("Chỉ mục hay thành phần này: 6, 6a, MH-6."))
@click.option("--type", metavar=_("LOẠI"), help=_("Loại văn bản: quyết định, kế hoạch, báo cáo, …"))
@click.option("--from", "date_from", type=Day(), help=_("Ban hành từ ngày."))
@click.option("--to", "date_to", type=Day(), help=_("Ban hành đến ngày."))
@click.option("--exact", is_flag=True, help=_("Phải đúng dấu như đã gõ; không sửa lỗi gõ."))
@click.option("--everywhere", is_flag=True, help=_("Hỏi cả các kho khác ghi trong [search.others]."))
@click.option("--facets", is_flag=True, help=_("Đếm kết quả theo loại, năm, loại hồ sơ, mục, đơn vị."))
@click.option(
    "--sort", type=click.Choice(["relevance", "date", "number"]), default="relevance",
    help=_("Thứ tự: sát nhất, mới nhất, hay theo số."),
)  # fmt: skip
@click.option(
    "--limit", type=WholeNumber(1, 1000), default=10, show_default=True, help=_("Số kết quả một trang.")
)
@click.option("--page", type=WholeNumber(1, 1_000_000), help=_("Trang thứ mấy."))
@click.option("--offset", type=WholeNumber(0), default=0, help=_("Bỏ qua bấy nhiêu kết quả đầu."))
@click.option("--export", "output", metavar=_("TỆP"), help=_("Ghi mọi kết quả ra bảng .csv hoặc .xlsx."))
@standard("force", "json")
@gathered("conditions", Conditions)
@gathered("wanted", HitsWanted)
def search(
    query: tuple[str, ...],
    given: GivenArchive,
    conditions: Conditions,
    wanted: HitsWanted,
    exact: bool,
    everywhere: bool,
    facets: bool,
    as_json: bool,
) -> None:
    from dossier.cli.found import as_dict
    from dossier.index import SearchOptions, Sort
    from dossier.usecases import answers, naming, rows
    from dossier.usecases.search import by_unit, units_of
    from dossier.usecases.search import search as find

    words = " ".join(query)
    if not words.strip() and not conditions:
        raise click.UsageError(
            _("Nêu từ cần tìm hoặc điều kiện, ví dụ: dossier search 12/QĐ-UBND, dossier search --item 6a.")
        )
    opened = given.open()
    filters = conditions.meant(opened)
    if everywhere:
        _search_everywhere(opened, words, filters, wanted, as_json=as_json, refused=exact or facets)
        return
    if filters.dossier:
        naming.check_named(opened, filters.dossier)
    limit = answers.EXPORTED if wanted.output else wanted.limit
    found = find(opened, words, filters, SearchOptions(Sort(wanted.sort), limit, wanted.first, exact, facets))
    if facets:
        found = by_unit(found, units_of(opened))
    if wanted.output:
        where = answers.export(opened, found, wanted.output, force=wanted.force)
        note(_("Đã ghi {count} kết quả vào {path}").format(count=len(found.hits), path=where))
    else:
        rows.remember(opened, rows.Rows.PAPERS, [hit.named for hit in found.hits], wanted.first + 1)
    if as_json:
        emit_json(as_dict(found))
        return
    for remark in found.notes:
        note(remark)
    if not wanted.output:
        _list(found, opened, wanted.first, limit)


def _list(found: Results, archive: Archive, offset: int, limit: int) -> None:
    """Print one page of hits, and a suggestion for a misspelt query."""
    from dossier.cli.found import table

    if found.suggestion and not found.corrected:
        note(_("Ý bạn là: {query}? Tìm lại: dossier search {query}").format(query=found.suggestion))
    if found.hits:
        say(table(found, archive.checklists, offset, limit, piped=not sys.stdout.isatty()))
    elif found.total:
        note(_("Chỉ có {total} kết quả; xem lại từ trang 1.").format(total=found.total))
    else:
        note(_("Không tìm thấy. Thử ít từ hơn, bỏ dấu, hoặc bỏ bớt điều kiện lọc."))


def _search_everywhere(
    archive: Archive, words: str, filters: Filters, wanted: HitsWanted, *, as_json: bool, refused: bool
) -> None:
    from dossier.cli.found import everywhere_as_dict, everywhere_table
    from dossier.index import Sort
    from dossier.usecases import rows
    from dossier.usecases.everywhere import MOST, search_everywhere

    if refused or wanted.output or wanted.page or wanted.offset or wanted.limit > MOST:
        said = _("Với --everywhere chỉ dùng được điều kiện tìm, --sort và --limit đến {most}.")
        raise click.UsageError(said.format(most=MOST))
    found = search_everywhere(archive, words, filters, sort=Sort(wanted.sort), limit=wanted.limit)
    own = [hit.named if name == archive.name else "" for name, hit in found.hits]
    rows.remember(archive, rows.Rows.PAPERS, own)
    if as_json:
        emit_json(everywhere_as_dict(found))
    else:
        say(everywhere_table(found, archive.checklists))


@click.command(
    "open",
    help=_(
        "Mở tệp hoặc thư mục hồ sơ bằng chương trình quen dùng: số của dòng vừa hiện, tên, hoặc một phần tên."
    ),
)
@click.argument("named", nargs=-1, required=True, metavar=_("SỐ|TÊN"))
@_archive
@click.option("--print", "only_print", is_flag=True, help=_("Chỉ in đường dẫn, không mở."))
@standard("json")
def open(named: tuple[str, ...], given: GivenArchive, only_print: bool, as_json: bool) -> None:
    from dossier.usecases import answers, rows
    from dossier.usecases.naming import archive_path

    opened = given.open()
    said = " ".join(named)
    name = rows.path_of_row(opened, said)
    file = answers.file_of(opened, archive_path(opened, name) if name == said else name)
    if as_json:
        emit_json({"path": str(file)})
        return
    tell(str(file))
    if only_print:
        return
    if not file.is_dir() and not answers.opens_safely(file):
        note(_("Tên tệp không phải của một loại văn bản, hoặc không khớp với nội dung: không tự mở."))
    elif not launched(file):
        note(_("Không tự mở được tệp trên máy này; hãy mở theo đường dẫn ở trên."))


@click.command(help=_("Chỉ mục tìm kiếm: tình trạng; --rebuild dựng lại từ danh mục, không đọc lại tệp nào."))
@click.option("--rebuild", "anew", is_flag=True, help=_("Dựng lại từ đầu."))
@standard("archive", "json")
def index(given: GivenArchive, anew: bool, as_json: bool) -> None:
    from dossier.usecases import indexing
    from reports.looks import decimal

    opened = given.open()
    if anew:
        with waiting(_("Đang dựng lại")):
            indexing.rebuild(opened)
    told = indexing.status(opened)
    if as_json:
        emit_json(fields(told, "engine documents pending bytes=size trouble?"))
        return
    if told.trouble:
        note(told.trouble)
    still = (
        _("còn {pending} tệp chờ đưa vào, chạy: dossier scan").format(pending=told.pending)
        if told.pending
        else _("mọi tệp đã đọc đều có trong đó")
    )
    said = _("Chỉ mục tìm kiếm: {documents} văn bản, {size} MB; {waiting}.")
    size = decimal(told.size / 1e6)
    note(said.format(documents=told.documents, size=size, waiting=still))
