"""What people know, said on the page: as the command line records it, and by who may say it only."""

from __future__ import annotations

import re
from html import unescape

import pytest

from dossier.usecases import fact_entries
from dossier.usecases.standing import id_of
from dossier.web.roles import Role
from tests.web.serving import Reply, Running, Visit

FOLDER = "mo-hinh/A"
AT = f"/ho-so/{id_of(FOLDER)}"


def _form(visit: Visit, address: str) -> dict[str, str]:
    """The fields of the form that opened there, the hidden ones as they are."""
    text = visit.get(address).text
    form = re.search(r'<form method="post"[^>]* id="ghi".*?</form>', text, re.DOTALL)
    assert form, text[-3000:]
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))


def _say(visit: Visit, key: str, value: str) -> Reply:
    return visit.ask("POST", f"{AT}/ghi", {**_form(visit, f"{AT}?ghi={key}"), "gia-tri": value})


def _known(own: Running, about: str = FOLDER) -> dict[str, object]:
    assert own.services.intents.settled(20)
    return {fact.key: fact.value for fact in fact_entries.entries_of(own.archive, about, history=False)}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("founded", "05/03/2022"),
        ("ended", "2023-03"),
        ("fund", "no"),
        ("led_by", "police"),
        ("members", "Công an xã A; Công an xã B"),
        ("hold", "<b>đang kiện</b>"),
    ],
)
def test_what_is_said_on_the_page_is_what_the_command_would_record_and_can_be_taken_back(
    own: Running, key: str, value: str
) -> None:
    visit = own.owner()
    assert _say(visit, key, value).status == 303
    assert _known(own) == {key: fact_entries.parse_fact(f"{key}={value}").value}
    text = visit.get(f"{AT}?ghi={key}").text
    assert "<b>đang kiện" not in text and "người dùng ghi nhận" in text
    assert _say(visit, key, "").status == 303
    assert _known(own) == {}


@pytest.mark.parametrize(
    ("key", "value"), [("founded", "31/02/2024"), ("founded", "01/01/1900"), ("fund", "có lẽ"), ("year", "x")]
)
def test_what_cannot_be_understood_is_refused_with_advice_and_nothing_kept(
    own: Running, key: str, value: str
) -> None:
    reply = _say(own.owner(), key, value)
    assert reply.status == 422 and "Traceback" not in reply.text
    assert own.services.intents.waiting() == 0 and _known(own) == {}


def test_second_person_never_overwrites_what_the_first_said_meanwhile(own: Running) -> None:
    for name, role in (("quản trị", Role.ADMIN), ("an", Role.ARCHIVIST), ("bình", Role.CHIEF)):
        own.account(name, role)
    an, binh = own.signed_in("an"), own.signed_in("bình")
    seen = {visit.cookie: _form(visit, f"{AT}?ghi=fund") for visit in (an, binh)}
    first = an.ask("POST", f"{AT}/ghi", {**seen[an.cookie], "gia-tri": "yes"})
    _known(own)
    later = binh.ask("POST", f"{AT}/ghi", {**seen[binh.cookie], "gia-tri": "no"})
    assert (first.status, later.status) == (303, 412) and "an" in later.text
    assert _known(own) == {"fund": True}


def test_same_click_sent_twice_is_recorded_once(own: Running) -> None:
    visit = own.owner()
    form = {**_form(visit, f"{AT}?ghi=fund"), "gia-tri": "yes"}
    assert [visit.ask("POST", f"{AT}/ghi", form).status for _again in range(3)] == [303, 303, 303]
    _known(own)
    assert len(fact_entries.entries_of(own.archive, FOLDER)) == 1


def test_unit_says_what_it_knows_but_neither_hands_over_nor_gives_away(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    own.account("lan", Role.UNIT, own.services.cache.standing().rows[0].unit)
    visit = own.signed_in("lan")
    assert _say(visit, "fund", "no").status == 303
    for key, value in (("unit", "Xã khác"), ("handed_over", "01/03/2023"), ("hold", "x")):
        reply = visit.ask("POST", f"{AT}/ghi", {"csrf": visit.token, "dieu": key, "gia-tri": value})
        assert reply.status == 403
    form = {"csrf": visit.token, "viec": "TH-23/2022"}
    assert visit.ask("POST", "/lich/ghi", form).status == 403
    assert _known(own) == {"fund": False} and _known(own, ".") == {}


def test_duty_is_recorded_as_done_on_the_calendar_and_taken_back(own: Running) -> None:
    visit = own.owner()
    form = _form(visit, "/lich?ghi=TH-23/2022")
    assert visit.ask("POST", "/lich/ghi", {**form, "ngay": "2022-11-10"}).status == 303
    assert list(_known(own, ".")) == ["TH-23/2022"]
    text = visit.get("/lich").text
    assert "10/11/2022" in text
    undo = re.search(r'class="inline">.*?</form>', text[text.index('id="da-ghi"') :], re.DOTALL)
    assert undo
    fields = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', undo[0]))
    assert visit.ask("POST", "/lich/ghi", fields).status == 303
    assert _known(own, ".") == {}


@pytest.mark.parametrize(
    "form",
    [
        {"viec": "TH-23/2022", "ngay": "2999-01-01"}, {"viec": "TH-99/2022"}, {"viec": "TH-23/20x2"},
        {"viec": "TH-23"}, {"viec": "TH-23/2022", "ngay": "hôm qua"},
    ],
)  # fmt: skip
def test_duty_or_day_that_there_is_not_is_refused(own: Running, form: dict[str, str]) -> None:
    visit = own.owner()
    assert visit.ask("POST", "/lich/ghi", {"csrf": visit.token, **form}).status == 422
    assert _known(own, ".") == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_findings_lead_to_forms_and_name_no_command(own: Running, language: str) -> None:
    visit = own.owner()
    visit.ask("POST", "/ngon-ngu", {"csrf": visit.token, "lang": language})
    pages = {at: visit.get(at).text for at in ("/", AT, "/lich")}
    for text in pages.values():
        assert not re.search(r"dossier (set|done)\b", text)
    links = {unescape(each) for text in pages.values() for each in re.findall(r'href="([^"]*#ghi)"', text)}
    assert links
    for link in links:
        assert _form(visit, link.removesuffix("#ghi"))["csrf"] == visit.token


@pytest.mark.parametrize(
    ("message", "address"),
    [
        ("Ghi: dossier set HỒ_SƠ nộp-lưu=NGÀY.", "ghi=handed_over#ghi"),
        ("Record it with: dossier set DOSSIER party_committee=no.", "ghi=party_committee&gia-tri=no#ghi"),
        ('Ghi: dossier set HỒ_SƠ thành-viên="A; B" (hoặc…', "ghi=members#ghi"),
        ("Xác nhận bằng: dossier set.", "#dieu-da-biet"),
        ("Ghi: dossier done TH-23 2022.", "/lich?ghi=TH-23%2F2022#ghi"),
        ("<b>dossier set HỒ_SƠ x=<i>", "#dieu-da-biet"),
    ],
)
def test_each_command_in_a_sentence_becomes_its_form(own: Running, message: str, address: str) -> None:
    from dossier.web.fact_forms import linked
    from dossier.web.roles import Visitor

    row = own.services.cache.standing().rows[0]
    text = str(linked(message, row, Visitor("chủ")))
    assert f'{address}"' in unescape(text) and "dossier set" not in text and "dossier done" not in text
    assert "<b>" not in text and "<i>" not in text
    assert "href" not in str(linked(message, row, Visitor("kiểm tra", Role.AUDITOR)))
