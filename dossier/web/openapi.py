"""The OpenAPI 3.1 description of the API, generated from the table of routes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dossier import __version__
from dossier.i18n import _

if TYPE_CHECKING:
    from dossier.web.route import Field, Route

_PARAMETER = re.compile(r"\{(\w+)\}")


def describe(routes: Iterable[Route]) -> dict[str, Any]:
    """The description in the current language."""
    paths: dict[str, dict[str, Any]] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "dossier", "version": __version__, "license": {"name": "Apache-2.0"}},
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": {
                "Error": {
                    "type": "object", "required": ["error"],
                    "properties": {"error": {"type": "string"}, "advice": {"type": "string"}},
                }
            },
        },
        "security": [{"token": []}],
    }  # fmt: skip


def _operation(route: Route) -> dict[str, Any]:
    described: dict[str, Any] = {
        "summary": _(route.about),
        "operationId": route.method.lower() + re.sub(r"\W+", "_", route.path),
        "parameters": [
            *({"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
              for name in _PARAMETER.findall(route.path)),
            *({"name": field.name, "in": "query", "required": field.required, "description": _(field.about),
               "schema": _schema(field)} for field in route.query),
        ],
        "responses": {
            ("202" if route.changes else "200"): {
                "description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}
            },
            **{str(status): _ERROR for status in (401, 403, 422, 500, 503, *route.errors)},
        },
    }  # fmt: skip
    if route.takes_files and not route.form:
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        described["requestBody"] = {"required": True, "content": content}
    if route.form:
        kind = "multipart/form-data" if route.takes_files else "application/x-www-form-urlencoded"
        fields = [field for field in route.form if field.name != "csrf"]
        described["requestBody"] = {
            "required": True,
            "content": {
                kind: {
                    "schema": {
                        "type": "object",
                        "required": [field.name for field in fields if field.required],
                        "properties": {field.name: _schema(field) for field in fields},
                    }
                }
            },
        }
    return described


_ERROR = {
    "description": "Error",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def _schema(field: Field) -> dict[str, Any]:
    if field.type == "file":
        return {"type": "array", "items": {"type": "string", "format": "binary"}}
    return {"type": field.type} | ({"enum": list(field.one_of)} if field.one_of else {})
