"""The ASGI application. Every route passes the same checks in the same order.

Order of the checks: signed in, allowed, not forged (token, origin), size. Only then does the handler run, in
a thread, in the visitor's name and language.
"""

from __future__ import annotations

import contextlib
import hmac
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote

import anyio.to_thread
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route as Endpoint

from dossier import workspace
from dossier.errors import DossierError, UsageError
from dossier.i18n import LANGUAGES, _, speaking
from dossier.web import pages, sign_in
from dossier.web.events import Streams
from dossier.web.middleware import DisconnectedError, Middleware, TooLargeError, body_of, drop
from dossier.web.refusals import problem, refused
from dossier.web.request import Answer, AnswerKind, Ask, ForbiddenError, ForgedError, NotFoundError, form_of
from dossier.web.roles import NOBODY, Right, Visitor
from dossier.web.route import API, Route
from dossier.web.routes import FORM_BYTES, ROUTES
from dossier.web.services import Services
from dossier.web.uploads import Upload, is_form, taken
from dossier.workspace import acting

_THREADS = 8
_PATIENCE_SECONDS = 5.0  # longest wait of a request for another writer
_RECEIVING = 2  # requests with files handled at once; each starts a process
_FILES_AT_ONCE = 8  # a form is limited to the size of as many largest files
COOKIE, SECURE_COOKIE = "s", "__Host-s"


@dataclass(frozen=True, slots=True)
class Settings:
    """How browsers reach the server. ``hosts``: accepted host names and addresses; ``secure``: the server
    itself uses TLS; ``address``: URL of a proxy in front of the server, if there is one."""

    hosts: tuple[str, ...]
    port: int
    secure: bool = False
    address: str = ""

    @property
    def closed(self) -> bool:
        """Whether browsers reach the server only by TLS."""
        return self.address.startswith("https:") if self.address else self.secure

    @property
    def cookie(self) -> str:
        """The name of the session cookie."""
        return SECURE_COOKIE if self.closed else COOKIE

    @property
    def origins(self) -> frozenset[str]:
        """The accepted values of the ``Origin`` header."""
        scheme = "https" if self.secure else "http"
        names = [f"[{host}]" if ":" in host else host for host in self.hosts]
        usual = 443 if self.secure else 80
        bare = [f"{scheme}://{name}" for name in names] if self.port == usual else []
        proxy = [self.address] if self.address else []
        return frozenset([*bare, *proxy, *(f"{scheme}://{name}:{self.port}" for name in names)])


def application(services: Services, settings: Settings) -> Middleware:
    """The ASGI application for all routes."""
    threads = anyio.CapacityLimiter(_THREADS)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        services.start()
        try:
            yield
        finally:
            services.stop()

    endpoints = [
        Endpoint(path, _endpoint(routes, services, settings, threads), methods=list(routes))
        for path, routes in by_path(ROUTES).items()
    ]
    endpoints.append(Endpoint("/su-kien", _events(services, settings, threads)))
    endpoints.append(Endpoint("/tinh/{name}", _asset))
    endpoints.append(Endpoint("/healthz", _healthy))
    nowhere = _nowhere(services, settings, threads)
    app = Starlette(routes=endpoints, lifespan=lifespan, exception_handlers={404: nowhere, 405: nowhere})
    app.router.redirect_slashes = False
    return Middleware(app, settings.hosts)


def _nowhere(services: Services, settings: Settings, threads: anyio.CapacityLimiter) -> Callable[..., Any]:
    """Answer requests that no route takes with the page, or for machines the JSON, of what does not exist."""

    def refuse(_ask: Ask) -> Answer:
        raise NotFoundError

    async def answer(request: Request, error: Exception) -> Response:
        path = request.url.path
        if request.method == "GET" and getattr(error, "status_code", 0) == 405 and not path.startswith(API):
            # A form's address, reloaded or come back to after signing in: show the page of the form.
            return RedirectResponse(path.rpartition("/")[0] or "/", 303)
        if request.method not in ("GET", "HEAD", "POST"):
            return Response("Not found\n", 404, media_type="text/plain")  # no browser asks so
        route = Route("GET", request.url.path, Right.ANYONE, refuse, "", while_choosing=True)
        return await anyio.to_thread.run_sync(_Run(route, services, settings), request, b"", limiter=threads)

    return answer


def by_path(routes: Iterable[Route]) -> dict[str, dict[str, Route]]:
    """The routes by path and method; paths with fewer parameters and longer paths first."""
    found: dict[str, dict[str, Route]] = {}
    for route in sorted(routes, key=lambda route: (route.path.count("{"), -len(route.path))):
        found.setdefault(route.path, {})[route.method] = route
    return found


def _has_form(headers: Mapping[str, str]) -> bool:
    """Whether the body is a form; a request without any content is taken for an empty one."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("", "application/x-www-form-urlencoded", "multipart/form-data")


Handler = Callable[[Request], Any]


def _endpoint(
    routes: Mapping[str, Route], services: Services, settings: Settings, threads: anyio.CapacityLimiter
) -> Handler:
    receiving = anyio.CapacityLimiter(_RECEIVING)

    async def endpoint(request: Request) -> Response:
        route = routes.get("GET" if request.method == "HEAD" else request.method)
        if route is None:
            return Response(status_code=405, headers={"allow": ", ".join(routes)})
        run = _Run(route, services, settings)
        try:
            if route.takes_files and (request.path_params or is_form(request.headers)):
                return await _with_files(run, request, threads, receiving)
            body = await body_of(request.receive, request.headers, FORM_BYTES if route.changes else 0)
        except TooLargeError:
            await drop(request.receive)
            return await anyio.to_thread.run_sync(run.too_large, request, limiter=threads)
        except DisconnectedError:
            return Response("Too slow\n", 408, {"connection": "close"})
        return await anyio.to_thread.run_sync(run, request, body, limiter=threads)

    return endpoint


def _events(services: Services, settings: Settings, threads: anyio.CapacityLimiter) -> Handler:
    """The endpoint for server-sent events; the connection stays open without occupying a thread."""
    route = Route("GET", "/su-kien", Right.READ, lambda _ask: Answer(AnswerKind.JSON), "")
    run = _Run(route, services, settings)
    streams = Streams(services)

    async def endpoint(request: Request) -> Response:
        def visitor_now() -> Visitor:
            return run.visitor(request, uses=False)[0]

        visitor = await anyio.to_thread.run_sync(visitor_now, limiter=threads)
        if not visitor.name:
            return Response(status_code=401)
        refused = await anyio.to_thread.run_sync(partial(run.refusal, request, uses=False), limiter=threads)
        return refused or streams.answer(visitor, lambda: visitor_now() == visitor)

    return endpoint


async def _with_files(
    run: _Run, request: Request, threads: anyio.CapacityLimiter, receiving: anyio.CapacityLimiter
) -> Response:
    """Handle a request with files. A visitor without permission is refused before any file is written."""
    refused = await anyio.to_thread.run_sync(run.refusal, request, limiter=threads)
    if refused is not None:
        await drop(request.receive)
        refused.headers["connection"] = "close"
        return refused
    archive = run.services.cache.archive
    most = archive.config.inbox.max_file_mb << 20
    name = request.path_params.get("name", "")
    most = most if name else most * _FILES_AT_ONCE + FORM_BYTES
    try:
        async with taken(request.receive, request.headers, archive, most, name) as upload:
            return await anyio.to_thread.run_sync(run, request, b"", upload, limiter=receiving)
    except DossierError as error:
        return JSONResponse({"error": error.message, "advice": error.advice}, 422)


@dataclass(frozen=True, slots=True)
class _Run:
    """Handles one request, from the checks to the response; runs in a thread."""

    route: Route
    services: Services
    settings: Settings

    def __call__(self, request: Request, body: bytes, upload: Upload | None = None) -> Response:
        """Return the response of the handler, or the refusal of a check."""
        visitor, by_token = self.visitor(request)
        chosen = _language(visitor, request)
        name = visitor.name or "?"
        archive = self.services.cache.archive
        with acting(name, archive.root), workspace.within(patience=_PATIENCE_SECONDS), speaking(chosen):
            try:
                with archive.within():
                    answer = self._answer(request, body, visitor, by_token, upload)
            except Exception as error:  # noqa: BLE001  every error gets a page, which reveals no internals
                answer = refused(error, self.route, visitor, request, self.services.cache)
            return self._response(answer, visitor)

    def refusal(self, request: Request, *, uses: bool = True) -> Response | None:
        """The refusal of a request whose body is not read yet; ``None``: allowed. The form's token is checked
        later, with the form. ``uses`` as in :meth:`Sessions.visitor`."""
        visitor, by_token = self.visitor(request, uses=uses)
        with speaking(_language(visitor, request)):
            try:
                answer = self._stranger(request, visitor)
                if answer is None and self.route.changes and not by_token:
                    self._check_origin(request, visitor)
            except (ForbiddenError, ForgedError) as error:
                answer = refused(error, self.route, visitor, request, self.services.cache)
            return None if answer is None else self._response(answer, visitor)

    def too_large(self, request: Request) -> Response:
        """The refusal of a body larger than the route allows."""
        visitor, _by_token = self.visitor(request, uses=False)
        with speaking(_language(visitor, request)):
            message, advice = _("Nội dung gửi lên quá dài; không nhận."), ""
            if self.route.takes_files:
                most = self.services.cache.archive.config.inbox.max_file_mb
                message = _("Gửi quá nhiều một lần, hoặc tệp lớn hơn {most} MB; không nhận.").format(
                    most=most
                )
                advice = _("Gửi ít tệp hơn mỗi lần; tách tệp lớn thành các tệp nhỏ hơn.")
            response = self._response(problem(self.route, 413, message, advice), visitor)
        response.headers["connection"] = "close"
        return response

    def visitor(self, request: Request, *, uses: bool = True) -> tuple[Visitor, bool]:
        """The visitor, and whether a token authenticated the request; ``uses`` as in
        :meth:`Sessions.visitor`."""
        authorization = request.headers.get("authorization", "")
        if authorization.startswith("Bearer ") and self.route.machine:
            return self.services.accounts.tokens.visitor(authorization.removeprefix("Bearer ").strip()), True
        visitor = self.services.sessions.visitor(request.cookies.get(self.settings.cookie, ""), uses=uses)
        if self.services.proxy is None or visitor.owner or self._vouched(request) == visitor.name:
            return visitor, False
        return NOBODY, False  # bypassed the proxy, or the proxy names another person now

    def _vouched(self, request: Request) -> str:
        proxy, peer = self.services.proxy, request.client.host if request.client else ""
        return proxy.named(peer, request.scope["headers"]) if proxy else ""

    def _stranger(self, request: Request, visitor: Visitor) -> Answer | None:
        """The response to a visitor who must sign in or choose a password first; ``None``: go on. Raises
        :class:`ForbiddenError`."""
        route = self.route
        if route.right is not Right.ANYONE and not visitor.name:
            if route.machine:
                return problem(route, 401, _("Phải đăng nhập."))
            if route.changes:
                return sign_in.again(self.services, request.headers.get("referer", ""))
            back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return Answer(AnswerKind.SEE, f"/dang-nhap?ve={quote(back, safe='')}", status=303)
        if not visitor.may(route.right):
            if route.path == "/" != visitor.home:
                return Answer(AnswerKind.SEE, visitor.home, status=303)
            raise ForbiddenError
        if visitor.must_choose and not route.while_choosing:
            return Answer(AnswerKind.SEE, "/tai-khoan", status=303)
        return None

    def _answer(
        self, request: Request, body: bytes, visitor: Visitor, by_token: bool, upload: Upload | None
    ) -> Answer:
        route = self.route
        stranger = self._stranger(request, visitor)
        if stranger is not None:
            return stranger
        form = upload.form if upload else form_of(body) if route.changes else {}
        if route.changes and not by_token:
            self._check_not_forged(request, visitor, form)
        ask = Ask(
            self.services.cache, visitor, request.url.path, request.path_params,
            dict(request.query_params), form, request.headers, services=self.services,
            peer=request.client.host if request.client else "",
            session=request.cookies.get(self.settings.cookie, ""),
            files=tuple(upload.files) if upload else (), refused=tuple(upload.refused) if upload else (),
            vouched=self._vouched(request),
        )  # fmt: skip
        answer = route.handler(ask)
        if route.action and answer.status < 400:
            self.services.log(ask, route.action)
        return answer

    def _check_origin(self, request: Request, visitor: Visitor) -> None:
        """Raise :class:`ForgedError` for a request made by another site."""
        origin = request.headers.get("origin")
        site = request.headers.get("sec-fetch-site", "same-origin")
        if (origin is None and visitor.name) or (origin is not None and origin not in self.settings.origins):
            raise ForgedError(other_site=True)
        if site not in ("same-origin", "none"):
            raise ForgedError(other_site=True)

    def _check_not_forged(self, request: Request, visitor: Visitor, form: Mapping[str, str]) -> None:
        """Raise :class:`ForgedError` for a request that another site may have forged."""
        self._check_origin(request, visitor)
        token = request.headers.get("x-csrf-token") or form.get("csrf", "")
        if visitor.name and not hmac.compare_digest(token.encode(), visitor.csrf.encode()):
            if not token and not self.route.machine and not _has_form(request.headers):
                raise UsageError(
                    _("Địa chỉ này chỉ nhận biểu mẫu của trang; nội dung gửi tới không phải biểu mẫu."),
                    _("Chương trình khác thì gửi JSON tới {api}; mô tả ở /openapi.json.").format(api=API),
                )
            raise ForgedError(other_site=False)

    def _response(self, answer: Answer, visitor: Visitor) -> Response:
        headers = dict(answer.headers)
        response: Response
        if answer.kind is AnswerKind.SEE:
            response = RedirectResponse(answer.name, answer.status, headers)
        elif answer.kind is AnswerKind.JSON:
            response = JSONResponse(answer.value, answer.status, headers)
        elif answer.kind in (AnswerKind.BYTES, AnswerKind.FILE):
            if answer.name:
                headers["content-disposition"] = f"attachment; filename*=UTF-8''{quote(answer.name, safe='')}"
            if answer.kind is AnswerKind.FILE:
                response = FileResponse(answer.value, answer.status, headers, headers["content-type"])
            else:
                response = Response(answer.value, answer.status, headers)
        else:
            html = pages.render(answer.name, answer.value, visitor, self.services, self.route)
            response = Response(html, answer.status, {"content-type": "text/html; charset=utf-8", **headers})
        if answer.session is not None:
            response.set_cookie(
                self.settings.cookie, answer.session, httponly=True, secure=self.settings.closed,
                samesite="strict", path="/", max_age=None if answer.session else 0,
            )  # fmt: skip
        return response


def _language(visitor: Visitor, request: Request) -> str:
    """The visitor's language; the browser's of one who is not signed in."""
    if visitor.name:
        return visitor.language
    wanted = [
        part.split(";")[0].strip()[:2] for part in request.headers.get("accept-language", "").split(",")
    ]
    return next((each for each in wanted if each in LANGUAGES), "vi")


async def _asset(request: Request) -> Response:
    found = pages.by_name().get(request.path_params["name"])
    if found is None:
        return Response("Not found\n", 404)
    headers = {"content-type": found.type, "cache-control": "public, max-age=31536000, immutable"}
    return Response(found.content, 200, headers)


async def _healthy(_request: Request) -> Response:
    return Response("ok\n", 200, {"content-type": "text/plain"})
