"""Two people at one page: who sends an older form is told so, nothing is overwritten, and what was typed
stays."""

from __future__ import annotations

import json
import re
from html import unescape

from dossier.setting_names import SETTINGS
from dossier.usecases.configuring import value_of
from dossier.usecases.decide import waivers
from dossier.web.roles import Role
from tests.web.serving import PASSWORD, Reply, Running, Visit


def _form(text: str, action: str, having: str = "") -> dict[str, str]:
    """The fields of the first form on the page that sends to this address."""
    for form in re.findall(rf'<form method="post" action="{re.escape(action)}".*?</form>', text, re.DOTALL):
        if having in form:
            found = re.findall(r'<input[^>]* name="([^"]+)" value="([^"]*)"', form)
            texts = re.findall(r'<textarea name="([^"]+)"[^>]*>([^<]*)<', form)
            return {name: unescape(value) for name, value in [*found, *texts]}
    raise AssertionError(text)


def _people(own: Running) -> tuple[Visit, Visit]:
    own.account("quản trị", Role.ADMIN)
    own.account("an", Role.CHIEF)
    own.account("bình", Role.CHIEF)
    return own.signed_in("an"), own.signed_in("bình")


def _paper(visit: Visit) -> str:
    return f"/van-ban/{json.loads(visit.get('/api/v1/review/next').text)['question']['id']}"


def _dossier(visit: Visit) -> str:
    return json.loads(visit.get("/api/v1/dossiers?tinh-trang=thieu").text)["dossiers"][0]["id"]


def _alert(reply: Reply) -> str:
    found = re.search(r'role="alert">(.*?)</p>', reply.text, re.DOTALL)
    assert found, reply.text
    return unescape(found[1])


# ---------------------------------------------------------------- what was read is corrected


def test_refused_field_leaves_what_was_typed_in_the_others(own: Running) -> None:
    visit = own.owner()
    paper = _paper(visit)
    form = _form(visit.get(paper).text, f"{paper}/truong")
    typed = {"number": "99/BC-UBND", "date": "31/02/2023", "abstract": "Về <b>việc</b> đã gõ lâu"}
    reply = visit.ask("POST", f"{paper}/truong", {**form, **typed})
    assert reply.status == 422 and "31/02/2023" in _alert(reply)
    again = _form(reply.text, f"{paper}/truong")
    assert {name: again[name] for name in typed} == typed
    assert "<b>việc" not in reply.text and "autofocus" in reply.text
    assert visit.ask("POST", f"{paper}/truong", {**again, "date": "28/02/2023"}).status == 303
    assert own.services.intents.settled(20)
    assert "99/BC-UBND" in visit.get(paper).text


def test_older_correction_is_told_who_was_quicker_and_shows_what_was_typed(own: Running) -> None:
    an, binh = _people(own)
    paper = _paper(an)
    forms = [_form(visit.get(paper).text, f"{paper}/truong") for visit in (an, binh)]
    first = an.ask("POST", f"{paper}/truong", {**forms[0], "number": "41/BC-UBND"})
    assert first.status == 303 and own.services.intents.settled(20)
    late = binh.ask("POST", f"{paper}/truong", {**forms[1], "number": "42/BC-UBND"})
    assert late.status == 412
    again = _form(late.text, f"{paper}/truong")
    assert again["number"] == "41/BC-UBND"  # pressing the button once more takes nothing of an's away
    assert "Bạn đã gõ: 42/BC-UBND" in late.text
    assert binh.ask("POST", f"{paper}/truong", {**again, "signer": "Trần Văn Ba"}).status == 303
    assert own.services.intents.settled(20)
    assert "41/BC-UBND" in an.get(paper).text


def test_machine_is_refused_in_json(own: Running) -> None:
    visit = own.owner()
    paper = _paper(visit)
    reply = visit.ask(
        "POST", f"/api/v1/documents/{paper.rpartition('/')[2]}/fields", {"date": "31/02/2023"},
        x_csrf_token=visit.token,
    )  # fmt: skip
    assert reply.status == 422 and reply.headers["content-type"] == "application/json"


# ---------------------------------------------------------------- findings are accepted


def _waive(visit: Visit, form: dict[str, str], reason: str) -> Reply:
    return visit.ask("POST", "/chap-nhan", {**form, "ly-do": reason})


def _approved(own: Running, asks: Visit, approves: Visit, reason: str, form: dict[str, str]) -> None:
    assert _waive(asks, form, reason).status == 303
    number = _form(approves.get("/chap-nhan").text, "/chap-nhan/duyet")["so"]
    assert approves.post("/chap-nhan/duyet", so=number, duyet="1").status == 303
    assert own.services.intents.settled(20)


def test_finding_that_another_person_accepted_is_not_accepted_over_it(own: Running) -> None:
    an, binh = _people(own)
    dossier = _dossier(an)
    forms = [_form(visit.get(f"/ho-so/{dossier}").text, "/chap-nhan") for visit in (an, binh)]
    _approved(own, an, binh, "đã có bản giấy", forms[0])
    late = binh.ask(
        "POST", "/chap-nhan", {**forms[1], "ly-do": "lý do khác"},
        referer=f"http://127.0.0.1:{own.port}/ho-so/{dossier}?x=1",
    )  # fmt: skip
    assert f'<a href="/ho-so/{dossier}?x=1">' in late.text  # where to look at it again
    assert late.status == 412 and "đã được bình chấp nhận: đã có bản giấy" in late.text
    assert "Chờ duyệt" not in an.get("/chap-nhan").text


def test_acceptance_that_was_made_anew_is_not_taken_back_by_an_older_page(own: Running) -> None:
    an, binh = _people(own)
    dossier = _dossier(an)
    wanted = _form(an.get(f"/ho-so/{dossier}").text, "/chap-nhan")
    _approved(own, an, binh, "lý do cũ", wanted)
    older = _form(binh.get("/chap-nhan").text, "/chap-nhan/bo")
    assert an.ask("POST", "/chap-nhan/bo", _form(an.get("/chap-nhan").text, "/chap-nhan/bo")).status == 303
    assert own.services.intents.settled(20)
    gone = binh.ask("POST", "/chap-nhan/bo", {**older, "lan": "1"})
    assert gone.status == 412 and "đã được người khác bỏ" in gone.text
    _approved(own, an, binh, "lý do mới", wanted)
    changed = binh.ask("POST", "/chap-nhan/bo", {**older, "lan": "2"})
    assert changed.status == 412 and "lý do mới" in changed.text
    assert [waiver.reason for waiver, _valid, _count in waivers(own.archive)] == ["lý do mới"]


def test_request_that_is_dealt_with_says_so(own: Running) -> None:
    an, binh = _people(own)
    own.account("chi", Role.CHIEF)
    chi = own.signed_in("chi")
    wanted = _form(an.get(f"/ho-so/{_dossier(an)}").text, "/chap-nhan")
    _waive(an, wanted, "đã có bản giấy")
    seen = _form(chi.get("/chap-nhan").text, "/chap-nhan/duyet")
    assert binh.post("/chap-nhan/duyet", so=seen["so"], duyet="").status == 303
    late = chi.post("/chap-nhan/duyet", so=seen["so"], duyet="1")
    assert late.status == 412 and "đã được người khác xử lý" in late.text
    assert waivers(own.archive) == []


# ---------------------------------------------------------------- settings, accounts


def _settings(visit: Visit) -> dict[str, str]:
    return _form(visit.get("/quan-tri/cai-dat").text, "/quan-tri/cai-dat")


def _admins(own: Running) -> tuple[Visit, Visit]:
    found = []
    for name in ("quản trị", "trị sự"):
        own.account(name, Role.ADMIN)
        visit = own.signed_in(name)
        assert visit.post("/quan-tri/sua", mat_khau_cua_toi=PASSWORD).status == 303
        found.append(visit)
    return found[0], found[1]


def _value(own: Running, path: str) -> str:
    return value_of(own.services.cache.archive, next(each for each in SETTINGS if each.path == path))


def test_older_page_of_settings_takes_back_nothing_that_another_changed(own: Running) -> None:
    one, other = _admins(own)
    older = _settings(other)
    assert one.ask("POST", "/quan-tri/cai-dat", {**_settings(one), "unit.name": "Công an xã A"}).status == 303
    assert other.ask("POST", "/quan-tri/cai-dat", {**older, "nightly.keep_days": "9"}).status == 303
    assert (_value(own, "unit.name"), _value(own, "nightly.keep_days")) == ("Công an xã A", "9")


def test_setting_that_two_people_change_is_told_and_the_others_stay_typed(own: Running) -> None:
    one, other = _admins(own)
    older = _settings(other)
    assert one.ask("POST", "/quan-tri/cai-dat", {**_settings(one), "unit.name": "Công an xã A"}).status == 303
    typed = {"unit.name": "Công an xã B", "nightly.keep_days": "9"}
    late = other.ask("POST", "/quan-tri/cai-dat", {**older, **typed})
    assert late.status == 422 and "Công an xã A" in _alert(late)
    again = _form(late.text, "/quan-tri/cai-dat")
    assert {name: again[name] for name in typed} == typed
    assert _value(own, "unit.name") == "Công an xã A"
    assert other.ask("POST", "/quan-tri/cai-dat", again).status == 303  # now that it was seen
    assert _value(own, "unit.name") == "Công an xã B"


def test_account_that_another_changed_keeps_the_newer_role(own: Running) -> None:
    one, other = _admins(own)
    own.account("dung", Role.AUDITOR)
    page = "/quan-tri/nguoi-dung/sua?ten=dung"
    forms = [_form(visit.get(page).text, "/quan-tri/nguoi-dung", "vai-tro") for visit in (one, other)]
    assert one.ask("POST", "/quan-tri/nguoi-dung", {**forms[0], "vai-tro": Role.CHIEF.value}).status == 200
    late = other.ask("POST", "/quan-tri/nguoi-dung", {**forms[1], "vai-tro": Role.ARCHIVIST.value})
    assert late.status == 412 and "vừa được người khác đổi" in late.text
    account = own.services.accounts.of("dung")
    assert account is not None and account.role is Role.CHIEF
