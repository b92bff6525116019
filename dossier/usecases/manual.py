"""The Vietnamese manual installed with the program: one page per task."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dossier.errors import UsageError
from dossier.i18n import _
from dossier.vietnamese import words

_HERE = Path(__file__).resolve().parents[1]
_FOLDERS = (_HERE / "manual", _HERE.parent / "docs/vi")  # installed; in the source tree
_FIRST = "README.md"


@dataclass(frozen=True, slots=True)
class ManualPage:
    """One page. ``number`` as shown to people; ``text``: Markdown whose first line is the title."""

    number: int
    title: str
    text: str
    file: Path


def pages() -> list[ManualPage]:
    """Return all pages in order. Raises :class:`UsageError` if the manual is not installed."""
    folder = next((each for each in _FOLDERS if (each / _FIRST).is_file()), None)
    if folder is None:
        raise UsageError(
            _("Bản cài này không có sách hướng dẫn."), _("Cài lại công cụ, hoặc xem: dossier --help")
        )
    found = []
    for file in sorted(folder.glob("[0-9][0-9]-*.md")):
        text = file.read_text("utf-8")
        found.append(ManualPage(int(file.name[:2]), text.partition("\n")[0].removeprefix("# "), text, file))
    return found


def page(given: str) -> ManualPage:
    """Find a page by its number, by words of its title or file name, or else by words of its text.

    Raises :class:`UsageError` listing the nearest pages.
    """
    every, wanted = pages(), words(given)
    if wanted.isdecimal():
        for each in every:
            if each.number == int(wanted):
                return each
    for where in (_titled, _named, lambda each: words(each.text)):
        for each in every:
            if wanted and f" {wanted} " in f" {where(each)} ":
                return each
    titles = {words(each.title): each.title for each in every}
    close = [titles[near] for near in get_close_matches(wanted, titles, n=3, cutoff=0.3)]
    raise UsageError(
        _("Không có trang hướng dẫn nào về “{topic}”.").format(topic=given),
        _("Có các trang: {titles}.").format(titles="; ".join(close or titles.values())),
    )


def _titled(page: ManualPage) -> str:
    return words(page.title)


def _named(page: ManualPage) -> str:
    return words(page.file.stem)
