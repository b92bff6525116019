"""Numbers as values of options, whose ranges are told in words: ``từ 1 đến 256``, not ``1<=x<=256``."""

from __future__ import annotations

import click

from dossier.i18n import _


def _told(least: float | None, most: float | None) -> str:
    if most is None:
        return _("từ {first} trở lên").format(first=least)
    return _("từ {first} đến {last}").format(first=least, last=most)


class WholeNumber(click.IntRange):
    """A whole number from ``min`` to ``max``, or from ``min`` on."""

    def _describe_range(self) -> str:
        return _told(self.min, self.max)


class AnyNumber(click.FloatRange):
    """The same of any number."""

    def _describe_range(self) -> str:
        return _told(self.min, self.max)
