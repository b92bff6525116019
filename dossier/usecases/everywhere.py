"""Search this archive and, over their web pages, other archives at the same time.

Archives that do not answer in time are listed: “31 of 34 answered”. Scores of different indexes cannot be
compared, so hits are merged by where the words occur (number, abstract, text), then by their rank in their
own archive's results, then by date.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from threading import Semaphore, Thread, Timer
from time import monotonic
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from dossier import plain_file
from dossier.archive import CONFIG_NAME, Archive
from dossier.errors import ConfigurationError, DossierError, UsageError
from dossier.i18n import N_, _
from dossier.index import Filters, Hit, Results, SearchOptions, Sort
from dossier.index.query import number_tokens
from dossier.os_errors import in_words
from dossier.plain_file import read_small
from dossier.usecases.search import search
from dossier.vietnamese import nfc, words
from dossier.workspace import with_context
from reports.looks import printable

MOST = 20  # maximum hits that another archive's page returns
_LARGEST = 4 << 20  # maximum bytes of an answer
_PATH = "/api/v1/search"
_LONGEST = 20_000  # maximum characters of one value
_AT_ONCE = 64  # maximum archives queried at the same time
_LATE = 0.5  # seconds after its time limit in which an archive's thread says that there was no answer
_CERTIFICATE = {  # OpenSSL's codes (X509_V_ERR_*)
    9: N_("chưa có hiệu lực"),
    10: N_("đã hết hạn"),
    62: N_("cấp cho máy chủ tên khác"),
    64: N_("cấp cho máy chủ tên khác"),
}
_LONGEST_TOKEN, _LONGEST_CERTIFICATE = 4096, 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Everywhere:
    """Merged answers of all archives. ``hits``: archive's name and hit; ``silent``: archives without an
    answer, with the reason; ``totals``: number of hits of the archives that answered."""

    query: str
    hits: tuple[tuple[str, Hit], ...]
    totals: Mapping[str, int]
    silent: Mapping[str, str]
    took_ms: float

    @property
    def asked(self) -> int:
        """Number of archives queried, including this one."""
        return len(self.totals) + len(self.silent)


@dataclass(frozen=True, slots=True)
class _Other:
    name: str
    address: SplitResult
    token: str
    certificate: str  # PEM of the trusted authority; empty: the system's authorities


def search_everywhere(
    archive: Archive, query: str, filters: Filters, *, sort: Sort = Sort.RELEVANCE, limit: int = 10
) -> Everywhere:
    """Return the best ``limit`` hits of this archive and of those in ``[search] others``.

    Raises :class:`UsageError` for a filter that other archives do not share, :class:`ConfigurationError` for
    unusable settings.
    """
    if filters.dossier or filters.kind:
        raise UsageError(
            _("Không hỏi kho khác theo hồ sơ hay loại hồ sơ được: mỗi kho có hồ sơ riêng."),
            _("Bỏ --dossier, --kind; nêu tên mô hình trong từ cần tìm."),
        )
    others = _others(archive)
    started = monotonic()
    asked = {
        "q": query, "loai": filters.type or "", "muc": filters.item or "", "sap": sort.value,
        "tu": filters.date_from or "", "den": filters.date_to or "",
    }  # fmt: skip
    wanted = f"{_PATH}?{urlencode({name: str(value) for name, value in asked.items() if value})}"
    found: dict[str, Results] = {}
    silent: dict[str, str] = {}
    seconds = archive.config.search.seconds
    free = Semaphore(_AT_ONCE)
    waiting = {other.name: _asked(partial(_answer, other, wanted, seconds), free) for other in others}
    until = started + seconds * -(-len(others) // _AT_ONCE) + _LATE
    try:
        found[archive.name] = search(archive, query, filters, SearchOptions(sort, limit))
    except DossierError as error:
        silent[archive.name] = error.message
    for name, answer in waiting.items():
        try:
            got = answer.result(max(until - monotonic(), 0))
        except TimeoutError:
            got = _no_answer(seconds)
        if isinstance(got, str):
            silent[name] = got
        else:
            found[name] = got
    hits = _merged({name: results.hits for name, results in found.items()}, query, sort)
    totals = {name: results.total for name, results in found.items()}
    return Everywhere(query, tuple(hits[:limit]), totals, silent, (monotonic() - started) * 1000)


def _asked(ask: Callable[[], Results | str], free: Semaphore) -> Future[Results | str]:
    """Call ``ask`` in a thread that nobody has to wait for, not even at the program's end: the system's
    look-up of a host's name knows no time limit, and takes half a minute without a name server."""
    answer: Future[Results | str] = Future()

    def run() -> None:
        with free:
            try:
                answer.set_result(ask())
            except BaseException as error:  # noqa: BLE001  raised where the answer is awaited
                answer.set_exception(error)

    Thread(target=with_context(run), daemon=True).start()
    return answer


def _no_answer(seconds: float) -> str:
    return _("không trả lời trong {seconds} giây").format(seconds=seconds)


def _merged(found: Mapping[str, tuple[Hit, ...]], query: str, sort: Sort) -> list[tuple[str, Hit]]:
    numbers, asked = set(number_tokens(query)), words(query).split()

    def tier(hit: Hit) -> int:
        if numbers and any(c.isdigit() for c in query) and numbers <= set(number_tokens(hit.number_symbol)):
            return 0
        abstract = set(words(hit.abstract).split())
        return 1 if asked and all(word in abstract for word in asked) else 2

    def order(entry: tuple[str, int, Hit]) -> tuple[Any, ...]:
        name, place, hit = entry
        if sort is Sort.DATE:
            return _backwards(hit.date), place, name
        if sort is Sort.NUMBER:
            return " ".join(token.zfill(8) for token in number_tokens(hit.number_symbol)) or "~", name, place
        return tier(hit), place, _backwards(hit.date), name

    entries = [(name, place, hit) for name, hits in found.items() for place, hit in enumerate(hits)]
    return [(name, hit) for name, _place, hit in sorted(entries, key=order)]


def _backwards(dated: str) -> tuple[int, ...]:
    """Return a sort key of a date for descending order, missing dates last."""
    return tuple(-int(piece) for piece in dated.split("-") if piece.isdigit()) or (0,)


def _answer(other: _Other, wanted: str, seconds: float) -> Results | str:
    """Query another archive; return its results, or why there are none. The answer is untrusted: each value
    is validated."""
    until = monotonic() + seconds
    try:
        connection = _connection(other, seconds)
        # A socket's timeout starts anew with every byte received, so a slow sender could go on for ever.
        clock = Timer(seconds, _hang_up, (connection,))
        clock.daemon = True
        clock.start()
        try:
            headers = {"Accept": "application/json", "Connection": "close"}
            if other.token:
                headers["Authorization"] = f"Bearer {other.token}"
            connection.request("GET", wanted, headers=headers)
            reply = connection.getresponse()
            content = b""
            while piece := reply.read1(1 << 16):
                content += piece
                if len(content) > _LARGEST:
                    return _("câu trả lời quá lớn")
            if monotonic() >= until:  # the timer closed the connection: the content is incomplete
                raise TimeoutError
        finally:
            clock.cancel()
            connection.close()
    except (OSError, ValueError, http.client.HTTPException) as error:
        if isinstance(error, TimeoutError) or monotonic() >= until:
            return _no_answer(seconds)
        if isinstance(error, ssl.SSLCertVerificationError):
            why = _CERTIFICATE.get(error.verify_code, N_("không do nơi được tin cấp, có thể vừa được thay"))
            return _("chứng chỉ không đúng: {why}").format(why=_(why))
        if isinstance(error, ssl.SSLError):
            return _("không lập được kết nối mã hóa (TLS)")
        return in_words(error) if isinstance(error, OSError) else _("không phải trang của dossier")
    if reply.status in (401, 403):
        return _("không nhận mã truy cập của kho này")
    if reply.status != 200:
        return _("trả lời mã {status}").format(status=reply.status)
    answer = None
    try:
        answer = json.loads(content)
        return _results(answer)
    except KeyError:
        if isinstance(answer, dict) and isinstance(answer.get("hits"), list):
            return _("trả lời ở dạng khác; có thể là phiên bản dossier khác")
        return _("không phải trang của dossier")
    except (ValueError, TypeError, RecursionError):
        return _("không phải trang của dossier")


def _hang_up(connection: http.client.HTTPConnection) -> None:
    with suppress(OSError):  # closed already
        if connection.sock is not None:  # not open yet
            socket.socket.shutdown(connection.sock, socket.SHUT_RDWR)


def _connection(other: _Other, seconds: float) -> http.client.HTTPConnection:
    host, port = other.address.hostname or "", other.address.port
    if other.address.scheme == "http":
        return http.client.HTTPConnection(host, port, timeout=seconds)
    trusted = ssl.create_default_context(cadata=other.certificate or None)
    return http.client.HTTPSConnection(host, port, timeout=seconds, context=trusted)


def _results(answer: Any) -> Results:
    hits = tuple(_hit(hit) for hit in answer["hits"][:1000])
    total = answer["total"]
    if not isinstance(total, int) or total < len(hits):
        raise ValueError(total)
    return Results(_text(answer["query"]), total, float(answer["took_ms"]), hits)


def _hit(raw: Mapping[str, Any]) -> Hit:
    item = raw.get("item")
    return Hit(
        path=_text(raw["path"]), ordinal=int(raw["ordinal"]), score=float(raw["score"]),
        number_symbol=_text(raw.get("number_symbol")), date=_day(raw.get("date")),
        type=_text(raw.get("type")), item=item if isinstance(item, int) else None,
        dossier=_text(raw.get("dossier")), snippet=_text(raw.get("snippet")),
        abstract=_text(raw.get("abstract")), page=int(raw.get("page") or 1),
        parts=tuple(map(_text, raw.get("parts") or ())), dossier_name=_text(raw.get("dossier_name")),
        kind=_text(raw.get("kind")),
    )  # fmt: skip


def _text(value: Any) -> str:
    if value is not None and not isinstance(value, str):
        raise ValueError("no text")
    return printable(nfc(value or "")[:_LONGEST], keep="\n")


def _day(value: Any) -> str:
    text = _text(value)
    if text:
        date.fromisoformat(f"{text}-01-01"[:10])
    return text


def _others(archive: Archive) -> list[_Other]:
    """Return the archives in ``[search] others``. Raises :class:`ConfigurationError` for unusable
    settings."""
    settings, file = archive.config.search, archive.root / CONFIG_NAME
    if not settings.others:
        raise ConfigurationError(
            _("Kho này chưa biết kho nào khác để cùng tìm."),
            _('Thêm vào {file}: [search.others] rồi mỗi dòng một kho: "Tỉnh A" = "https://…:8443"').format(
                file=file
            ),
        )
    if why := plain_file.why_not_trusted(file):
        raise ConfigurationError(
            _("Không dùng [search] others: tệp {path} {why}.").format(path=file, why=why)
        )
    folder = Path(archive.root, settings.tokens) if settings.tokens else None
    return [_other(name, address, folder) for name, address in settings.others.items()]


def _other(name: str, address: str, folder: Path | None) -> _Other:
    parts = urlsplit(address)
    try:
        _port = parts.port
        alone = parts.hostname == "localhost" or ip_address(parts.hostname or "").is_loopback
    except ValueError:
        alone = False
    if not parts.hostname or parts.scheme not in ("https", "http") or (parts.scheme == "http" and not alone):
        raise ConfigurationError(
            _("[search] others: địa chỉ của “{name}” không dùng được: {address}.").format(
                name=name, address=address
            ),
            _("Viết như https://hoso.tinh-a.vn:8443; http:// chỉ dùng cho chính máy này."),
        )
    return _Other(
        name, parts, _content(folder, f"{name}.token", _LONGEST_TOKEN, secret=True),
        _content(folder, f"{name}.pem", _LONGEST_CERTIFICATE, secret=False),
    )  # fmt: skip


def _content(folder: Path | None, name: str, most: int, *, secret: bool) -> str:
    """Return the content of a file in the folder for other archives' files; empty if there is no such
    file."""
    if folder is None or "/" in name or "\\" in name or not (file := folder / name).exists():
        return ""
    try:
        if why := plain_file.why_not_trusted(file, secret=secret):
            raise OSError(why)
        return read_small(file, most).decode("ascii").strip()
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            _("Không đọc được {path}: {why}.").format(path=file, why=in_words(error)),
            _("Tệp chỉ chứa mã truy cập hoặc chứng chỉ; mã thì chỉ người chạy dossier đọc được."),
        ) from error
