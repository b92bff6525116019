"""The API by its own description: whatever is sent by whomever, it answers as it says it does, and tells
nobody of what is none of theirs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from dossier.archive import open_archive
from dossier.web.openapi import describe
from dossier.web.roles import Role
from dossier.web.route import Route
from dossier.web.routes import MACHINES
from tests.usecases.archives import FOUNDING, paper, write
from tests.usecases.archives import TODAY as DAY
from tests.web.serving import Running, Visit, running, scanned

schemathesis = pytest.importorskip("schemathesis")

OWN, FOREIGN, SECRET = "Xã Hàm Thắng", "Phường Mũi Né", "kế hoạch tuyệt mật bạch mã"
_EXAMPLES = 12 if os.environ.get("CI") else 8  # always the same ones
# Who may least is asked about each time, the others with what is slow.
_LEAST: tuple[Role | None, ...] = (Role.UNIT, None)
_OTHERS = tuple(role for role in Role if role not in _LEAST)
_WHO = [pytest.param(_LEAST, id="least"), pytest.param(_OTHERS, id="others", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    root = tmp_path_factory.mktemp("api") / "kho"
    for unit, name in ((OWN, "Camera an ninh"), (FOREIGN, "Chợ bí ẩn")):
        folder = f"{unit}/Mô hình/{name}"
        write(root, f"{folder}/qd.txt", FOUNDING.replace("Camera an ninh", name))
        write(root, f"{folder}/bc.txt", paper("BÁO CÁO", "07/BC-UBND", f"Kết quả thực hiện {name}"))
        write(root, f"{folder}/hoso.toml", f'unit = "{unit}"\n')
    write(root, f"{OWN}/Mô hình/Camera an ninh/m.txt", "TỐI MẬT\n" + paper("KẾ HOẠCH", "09/KH-UBND", SECRET))
    scanned(root)
    with running(open_archive(root), DAY) as up:
        up.account("admin", Role.ADMIN)
        for role in Role:
            if role is not Role.ADMIN:
                up.account(role.value, role, *((OWN,) if role is Role.UNIT else ()))
        Visit(up.port).get("/healthz")
        yield up


def _spec() -> dict[str, Any]:
    return json.loads(json.dumps(describe(MACHINES)))


def test_description_is_openapi_3_1_and_names_every_route_once() -> None:
    spec = _spec()
    assert spec["openapi"] == "3.1.0"
    told = [(path, method.upper()) for path, how in spec["paths"].items() for method in how]
    assert sorted(told) == sorted((route.path, route.method) for route in MACHINES)
    names = [how["operationId"] for each in spec["paths"].values() for how in each.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("people", _WHO)
@pytest.mark.parametrize("route", MACHINES, ids=lambda route: f"{route.method} {route.path}")
def test_api_answers_as_described_whatever_is_sent_by_whomever(
    office: Running, route: Route, people: tuple[Role | None, ...]
) -> None:
    spec = _spec()
    spec["paths"] = {route.path: {route.method.lower(): spec["paths"][route.path][route.method.lower()]}}
    (operation,) = [each.ok() for each in schemathesis.openapi.from_dict(spec).get_all_operations()]
    base = f"http://127.0.0.1:{office.port}"

    @settings(
        max_examples=_EXAMPLES, deadline=None, derandomize=True, database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )  # fmt: skip
    @given(case=operation.as_strategy())
    def sent(case: Any) -> None:
        for who in people:
            headers = {} if who is None else {"authorization": f"Bearer {_token(office, who)}"}
            answered(who, case.call(base_url=base, headers=headers, timeout=60))

    def answered(who: Role | None, reply: Any) -> None:
        # 503: others write, or too many jobs wait already, as they do after some requests.
        expected = {200, 202, 401, 403, 413, 414, 421, 422, 503, *route.errors}
        assert reply.status_code in expected, (who, reply.text)
        if who is None:
            assert reply.status_code in (401, 414, 421)
        assert "Traceback" not in reply.text and str(office.archive.root) not in reply.text
        assert SECRET not in reply.text
        if who is Role.UNIT:
            assert "Chợ bí ẩn" not in reply.text and FOREIGN not in reply.text
        if who is Role.ADMIN and not route.path.startswith("/api/v1/audit"):
            assert "Camera an ninh" not in reply.text

    sent()


_TOKENS: dict[tuple[int, Role], str] = {}


def _token(office: Running, who: Role) -> str:
    key = (office.port, who)
    if key not in _TOKENS:
        _TOKENS[key] = office.services.accounts.tokens.make(who.value, "thử")
    return _TOKENS[key]
