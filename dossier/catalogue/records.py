"""What people said, in tables of records: never deleted, only ended, by who revoked or superseded them.

A record's class names the columns of its table; moments, days and truths are told by the types of its fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, insert, select, update

from dossier.catalogue import encoding
from dossier.catalogue.session import Session

Record = TypeVar("Record")
_LOADED: Mapping[object, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "datetime | None": lambda text: datetime.fromisoformat(text) if text else None,
    "date | None": lambda text: date.fromisoformat(text) if text else None,
    "bool": bool,
}  # by the type of the field, as it is written


def loaded(made: type[Record], row: RowMapping, **given: Any) -> Record:
    """Build a record from the columns named as its fields; ``given``: fields that are stored otherwise."""
    for field in fields(made):  # type: ignore[arg-type]
        if field.name not in given:
            value = row[field.name]
            given[field.name] = _LOADED[field.type](value) if field.type in _LOADED else value
    return made(**given)


def dumped(record: Any, **stored: Any) -> dict[str, Any]:
    """The inverse of :func:`loaded`; ``stored``: columns of the fields that are stored otherwise."""
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)} | stored


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return encoding.instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return encoding.safe(value) if isinstance(value, str) else value


class Records(Generic[Record]):
    """A table of records, each of an ``author``; of several about the same (columns ``about``) only the last
    one is in force.

    ``changed`` is called whenever what is in force about a value of the first of these columns changes;
    ``load`` and ``dump`` are given if :func:`loaded` and :func:`dumped` do not do.
    """

    def __init__(
        self,
        session: Session,
        table: Table,
        made: type[Record],
        about: tuple[str, ...],
        *,
        changed: Callable[[Connection, str], None] = lambda _connection, _about: None,
        load: Callable[[RowMapping], Record] | None = None,
        dump: Callable[[Record], dict[str, Any]] = dumped,
    ) -> None:
        self._session, self._table, self._about = session, table, about
        self._changed: Callable[[Connection, str], None] = changed
        self._load: Callable[[RowMapping], Record] = load or (lambda row: loaded(made, row))
        self._dump: Callable[[Record], dict[str, Any]] = dump

    def about(self, entry: Record) -> tuple[object, ...]:
        """What an entry is about: the values of the columns by which it supersedes others."""
        return tuple(getattr(entry, name) for name in self._about)

    def record(self, made: Iterable[Record]) -> None:
        """Record entries, which supersede earlier ones about the same, in one transaction."""
        with self._session.writing() as connection:
            rows = [self._dump(each) for each in made]
            for row in rows:
                self._end(connection, row, row["made_at"], row["author"])
                connection.execute(insert(self._table), row)
            for first in sorted({row[self._about[0]] for row in rows}):
                self._changed(connection, first)

    def end(self, *about: object, author: str) -> bool:
        """Revoke the entry; false if there was none."""
        with self._session.writing() as connection:
            now = encoding.now()
            values = dict(zip(self._about, about, strict=True))
            ended = self._end(connection, values, now, author, or_astray=True)
            self._changed(connection, str(about[0]))
            return ended

    def all(self, *, history: bool = False, **only: object) -> tuple[Record, ...]:
        """Entries in force, oldest first; with ``history`` also ended ones, in the order of recording (many
        may be of one second). ``only``: those with these values in columns."""
        c = self._table.c
        query = select(self._table).where(*(c[name] == value for name, value in only.items()))
        query = (
            query.order_by(c.id) if history else query.where(c.ended_at.is_(None)).order_by(c.made_at, c.id)
        )
        with self._session.reading() as connection:
            return tuple(map(self._load, connection.execute(query).mappings()))

    def _end(
        self, connection: Connection, about: Mapping[str, Any], at: str, who: str, *, or_astray: bool = False
    ) -> bool:
        c = self._table.c
        here: ColumnElement[bool] = c.ended_at.is_(None)
        for name in self._about:
            here &= c[name] == about[name]
        if "astray" in c and not or_astray:
            here &= c.astray.is_(False)
        ended = {"ended_at": at, "ended_by": encoding.safe(who)}
        return bool(connection.execute(update(self._table).where(here).values(ended)).rowcount)
