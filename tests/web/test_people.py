"""Accounts on pages: made, changed, locked; passwords, codes and tokens; who may do what to whom."""

from __future__ import annotations

import re
import time

import pytest

from dossier.usecases import audit
from dossier.web import second_factor, sessions
from dossier.web.roles import Role
from tests.web.serving import PASSWORD, Reply, Running, Visit

PEOPLE, OWN = "/quan-tri/nguoi-dung", "/tai-khoan"


def _shown_once(reply: Reply) -> str:
    found = re.search(r'<code class="secret-text">([^<]+)</code>', reply.text)
    assert found, reply.text[:3000]
    return found[1]


def _signed_in(staffed: Running, name: str, password: str) -> Visit:
    visit = Visit(staffed.port)
    assert visit.ask("POST", "/dang-nhap", {"name": name, "password": password}).status == 303
    visit.get(OWN)
    return visit


def _acts(staffed: Running) -> list[str]:
    return [entry.act for entry in audit.entries(staffed.archive, 50)]


def test_first_account_made_on_the_page_is_an_administrator_who_signs_in_and_chooses_a_password(
    own: Running,
) -> None:
    owner = own.owner()
    assert owner.post(PEOPLE, ten="Tâm", vai_tro="archivist", moi="1").status == 422
    made = owner.post(PEOPLE, ten="Tâm", vai_tro="admin", moi="1")
    password = _shown_once(made)
    assert owner.get("/").status == 303  # the owner signs in like everybody from now on
    visit = _signed_in(own, "Tâm", password)
    assert visit.get(PEOPLE).headers["location"] == OWN  # first a password that nobody else knows
    reply = visit.post(f"{OWN}/mat-khau", cu=password, moi=PASSWORD, lai=PASSWORD)
    assert reply.status == 303 and visit.get(PEOPLE).status == 200
    assert Visit(own.port).ask("POST", "/dang-nhap", {"name": "Tâm", "password": password}).status == 401


def test_account_is_made_with_units_and_sees_only_theirs(staffed: Running) -> None:
    admin = staffed.signed_in("admin")
    assert admin.post(PEOPLE, ten="lan", vai_tro="unit", moi="1").status == 422  # of no unit
    password = _shown_once(admin.post(PEOPLE, ten="lan", vai_tro="unit", don_vi="Xã Bên", moi="1"))
    known = staffed.services.accounts.of("lan")
    assert known and known.units == ("Xã Bên",) and known.fresh
    visit = _signed_in(staffed, "lan", password)
    visit.post(f"{OWN}/mat-khau", cu=password, moi=PASSWORD, lai=PASSWORD)
    assert "Camera an ninh" not in visit.get("/").text
    assert "account" in _acts(staffed)


def test_account_that_is_there_is_not_made_again(staffed: Running) -> None:
    reply = staffed.signed_in("admin").post(PEOPLE, ten="chief", vai_tro="auditor", moi="1")
    assert reply.status == 422 and staffed.services.accounts.of("chief").role is Role.CHIEF


def test_change_of_a_role_ends_the_sessions(staffed: Running) -> None:
    chief, admin = staffed.signed_in("chief"), staffed.signed_in("admin")
    assert admin.post(PEOPLE, ten="chief", vai_tro="auditor").status == 200
    assert chief.get("/").status == 303
    assert staffed.signed_in("chief").get("/nhat-ky").status == 200  # with the password it had


def test_locked_account_is_shut_out_at_once_with_its_tokens_and_told_nothing(staffed: Running) -> None:
    admin, chief = staffed.signed_in("admin"), staffed.signed_in("chief")
    token = staffed.services.accounts.tokens.make("chief", "máy")
    machine = Visit(staffed.port, extra={"authorization": f"Bearer {token}"})
    assert machine.get("/api/v1/summary").status == 200
    admin.post(f"{PEOPLE}/khoa", ten="chief", khoa="1")
    assert chief.get("/").status == 303 and machine.get("/api/v1/summary").status == 401
    right, wrong = (
        Visit(staffed.port).ask("POST", "/dang-nhap", {"name": "chief", "password": each})
        for each in (PASSWORD, "sai mật khẩu rồi")
    )
    assert (right.status, right.text) == (wrong.status, wrong.text) == (401, wrong.text)
    admin.post(f"{PEOPLE}/khoa", ten="chief", khoa="")
    assert staffed.signed_in("chief").get("/").status == 200
    assert {"account-lock", "account-unlock"} <= set(_acts(staffed))


@pytest.mark.parametrize("how", ["khoa", "xoa"])
def test_administrator_shuts_neither_self_nor_the_last_one_out(staffed: Running, how: str) -> None:
    admin = staffed.signed_in("admin")
    assert admin.post(f"{PEOPLE}/{how}", ten="admin", khoa="1").status == 422
    staffed.account("second", Role.ADMIN)
    staffed.services.accounts.lock("second")
    assert admin.post(PEOPLE, ten="admin", vai_tro="chief").status == 422  # only a locked one would be left
    assert admin.get(PEOPLE).status == 200


def test_password_is_asked_for_again_before_what_is_grave(
    staffed: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    admin = staffed.signed_in("admin")
    monkeypatch.setattr(sessions, "PROVED_SECONDS", 0.0)
    asked = admin.post(f"{PEOPLE}/xoa", ten="chief")
    assert asked.status == 422 and "mat-khau-cua-toi" in asked.text and 'value="chief"' in asked.text
    assert admin.post(f"{PEOPLE}/xoa", ten="chief", mat_khau_cua_toi="không phải").status == 422
    assert staffed.services.accounts.of("chief") is not None
    assert admin.post(f"{PEOPLE}/xoa", ten="chief", mat_khau_cua_toi=PASSWORD).status == 303
    assert staffed.services.accounts.of("chief") is None
    assert "password-refused" in _acts(staffed)


def test_asking_again_keeps_all_that_was_chosen(staffed: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    admin = staffed.signed_in("admin")
    monkeypatch.setattr(sessions, "PROVED_SECONDS", 0.0)
    form = {"csrf": admin.token, "ten": "lan", "vai-tro": "unit", "moi": "1", "don-vi": "Xã A\nXã B"}
    asked = admin.ask("POST", PEOPLE, form)
    kept = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', asked.text.partition("<main")[2])
    body = "&".join(f"{name}={value.replace(' ', '+')}" for name, value in kept).encode()
    reply = admin.ask("POST", PEOPLE, body + f"&mat-khau-cua-toi={PASSWORD.replace(' ', '+')}".encode())
    assert reply.status == 200 and staffed.services.accounts.of("lan").units == ("Xã A", "Xã B")


def test_reset_password_is_shown_once_and_must_be_changed(staffed: Running) -> None:
    password = _shown_once(staffed.signed_in("admin").post(f"{PEOPLE}/mat-khau", ten="chief"))
    visit = _signed_in(staffed, "chief", password)
    assert visit.get("/").headers["location"] == OWN
    assert visit.post(f"{OWN}/ma-may", nhan="máy").headers["location"] == OWN
    assert password not in staffed.signed_in("admin").get(f"{PEOPLE}/sua?ten=chief").text


@pytest.mark.parametrize(
    "new", ["ngắn", "123456789012", "bốn con trâu cày ruộng", "archivist archivist", "matkhau matkhau"]
)
def test_own_password_that_is_bad_or_the_same_is_refused(staffed: Running, new: str) -> None:
    visit = staffed.signed_in("archivist")
    assert visit.post(f"{OWN}/mat-khau", cu=PASSWORD, moi=new, lai=new).status == 422
    assert visit.post(f"{OWN}/mat-khau", cu="sai", moi=PASSWORD + "x", lai=PASSWORD + "x").status == 422
    assert visit.post(f"{OWN}/mat-khau", cu=PASSWORD, moi=PASSWORD + "x", lai="khác").status == 422


def test_own_password_ends_the_other_sessions_only(staffed: Running) -> None:
    here, there = staffed.signed_in("archivist"), staffed.signed_in("archivist")
    here.post(f"{OWN}/mat-khau", cu=PASSWORD, moi=PASSWORD + " mới", lai=PASSWORD + " mới")
    assert here.get("/").status == 200 and there.get("/").status == 303


def test_guessing_the_own_password_is_slowed_down(staffed: Running) -> None:
    visit = staffed.signed_in("archivist")
    answers = [
        visit.post(f"{OWN}/mat-khau", cu=f"sai {n}", moi=PASSWORD, lai=PASSWORD).status for n in range(7)
    ]
    assert answers[0] == 422 and answers[-1] == 429


def test_sessions_elsewhere_are_ended_by_their_owner_and_by_the_administrator(staffed: Running) -> None:
    here, there = staffed.signed_in("chief"), staffed.signed_in("chief")
    assert here.post(f"{OWN}/phien").status == 303 and there.get("/").status == 303
    staffed.signed_in("admin").post(f"{PEOPLE}/phien", ten="chief")
    assert here.get("/").status == 303


# ---------------------------------------------------------------- a code beside the password


@pytest.mark.parametrize(
    ("at", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_rfc_6238(at: int, code: str) -> None:
    key = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", appendix B
    assert second_factor.code_at(key, at // 30) == code
    assert second_factor.step_of(key, code, at) == at // 30
    assert second_factor.step_of(key, code, at + 90) is None
    assert second_factor.step_of(key, code, at, after=at // 30) is None  # used


def _with_second(staffed: Running, name: str) -> tuple[str, list[str]]:
    """The key of a telephone, and the codes written down."""
    visit = staffed.signed_in(name)
    key = _shown_once(visit.post(f"{OWN}/xac-thuc", viec="bat")).replace(" ", "")
    assert visit.post(f"{OWN}/xac-thuc", viec="xac-nhan", ma="000000").status == 422
    assert not staffed.services.accounts.second.on(name)
    step = int(time.time()) // 30
    reply = visit.post(f"{OWN}/xac-thuc", viec="xac-nhan", ma=second_factor.code_at(key, step - 1))
    codes = re.findall(r"<code>([A-Z2-7-]{19})</code>", reply.text)
    assert len(codes) == 10 and staffed.services.accounts.second.on(name)
    return key, codes


def _ticket(staffed: Running, name: str) -> tuple[Visit, str]:
    visit = Visit(staffed.port)
    reply = visit.ask("POST", "/dang-nhap", {"name": name, "password": PASSWORD})
    found = re.search(r'name="phieu" value="([^"]+)"', reply.text)
    assert found and not visit.cookie
    return visit, found[1]


def test_code_is_asked_for_beside_the_password_and_holds_once(staffed: Running) -> None:
    key, _codes = _with_second(staffed, "chief")
    visit, ticket = _ticket(staffed, "chief")
    assert visit.get("/").status == 303
    assert visit.ask("POST", "/dang-nhap/ma", {"phieu": ticket, "ma": "123"}).status == 401
    code = second_factor.code_at(key, int(time.time()) // 30)
    assert visit.ask("POST", "/dang-nhap/ma", {"phieu": ticket, "ma": code}).status == 303
    assert visit.get("/").status == 200
    other, another = _ticket(staffed, "chief")
    assert other.ask("POST", "/dang-nhap/ma", {"phieu": another, "ma": code}).status == 401
    assert other.ask("POST", "/dang-nhap/ma", {"phieu": ticket, "ma": code}).status == 401  # used as well


def test_code_written_down_opens_once(staffed: Running) -> None:
    _key, codes = _with_second(staffed, "chief")
    for expected in (303, 401):
        visit, ticket = _ticket(staffed, "chief")
        assert (
            visit.ask("POST", "/dang-nhap/ma", {"phieu": ticket, "ma": codes[3].lower()}).status == expected
        )
    assert staffed.services.accounts.second.left("chief") == 9


def test_codes_cannot_be_tried_through(staffed: Running) -> None:
    _with_second(staffed, "chief")
    visit, ticket = _ticket(staffed, "chief")
    answers = [visit.ask("POST", "/dang-nhap/ma", {"phieu": ticket, "ma": f"{n:06d}"}).text for n in range(8)]
    assert "đợi" in answers[-1]


def test_lost_telephone_is_mended_by_the_administrator(staffed: Running) -> None:
    _with_second(staffed, "chief")
    staffed.signed_in("admin").post(f"{PEOPLE}/xac-thuc", ten="chief")
    assert staffed.signed_in("chief").get("/").status == 200
    assert {"second-factor", "second-factor-off"} <= set(_acts(staffed))


# ---------------------------------------------------------------- tokens


def test_own_token_reads_only_unless_more_is_asked_for(staffed: Running) -> None:
    visit = staffed.signed_in("archivist")
    reading = _shown_once(visit.post(f"{OWN}/ma-may", nhan="bảng điện tử"))
    writing = _shown_once(visit.post(f"{OWN}/ma-may", nhan="máy quét", ghi="1"))
    for token, expected in ((reading, 403), (writing, 404)):
        machine = Visit(staffed.port, extra={"authorization": f"Bearer {token}"})
        assert machine.get("/api/v1/summary").status == 200
        assert machine.ask("POST", "/api/v1/review/x-1/answer", {"muc": "none"}).status == expected
    shown = visit.get(OWN).text
    assert reading not in shown and "bảng điện tử" in shown
    kept = staffed.services.accounts.tokens.of("archivist")
    visit.post(f"{OWN}/ma-may", bo=next(each.id for each in kept if each.reads_only))
    assert (
        Visit(staffed.port, extra={"authorization": f"Bearer {reading}"}).get("/api/v1/summary").status == 401
    )


def test_nobody_drops_the_token_of_another_by_its_number(staffed: Running) -> None:
    token = staffed.services.accounts.tokens.make("chief", "máy")
    (known,) = staffed.services.accounts.tokens.of("chief")
    staffed.signed_in("archivist").post(f"{OWN}/ma-may", bo=known.id, ten="chief")
    assert staffed.services.accounts.tokens.visitor(token).name == "chief"


def test_own_tokens_are_not_for_who_sees_no_dossier(staffed: Running) -> None:
    assert staffed.signed_in("admin").post(f"{OWN}/ma-may", nhan="x").status == 403


def test_backup_holds_accounts_with_their_locks_and_second_factors(staffed: Running, tmp_path) -> None:
    from dossier.usecases.page_file import objection, pack

    _with_second(staffed, "chief")
    staffed.services.accounts.lock("archivist")
    pack(staffed.archive.state, tmp_path)
    assert objection(tmp_path / "web.sqlite") == ""


def test_who_looks_after_the_machine_alone_comes_to_its_page_and_is_led_nowhere_else(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    visit = Visit(own.port)
    reply = visit.ask("POST", "/dang-nhap", {"name": "quản trị", "password": PASSWORD})
    assert reply.headers["location"] == "/quan-tri"
    refused = visit.get("/tim")
    assert refused.status == 403 and 'href="/quan-tri"' in refused.text
    assert 'href="/tim"' not in refused.text and 'action="/tim"' not in refused.text
