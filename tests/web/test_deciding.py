"""Decisions: kept before they are confirmed, carried out once, never over what somebody else decided."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dossier.archive import open_archive
from dossier.usecases.decisions import decisions
from dossier.web.roles import Role
from tests.web.serving import PASSWORD, Running, Visit, running


def _question(visit: Visit, more: str = "") -> dict:
    return json.loads(visit.get(f"/api/v1/review/next{more}").text)["question"]


def _form(visit: Visit, address: str = "/can-xem") -> dict[str, str]:
    """The hidden fields of the first form that decides."""
    text = visit.get(address).text
    form = re.search(r'<form method="post" action="(/can-xem/[^"]+-\d+)".*?</form>', text, re.DOTALL)
    assert form, text[:2000]
    return {"action": form[1], **dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[0]))}


def _decide(visit: Visit, form: dict[str, str], part: str):
    return visit.ask(
        "POST", form["action"], {**{k: v for k, v in form.items() if k != "action"}, "muc": part}
    )


def test_decision_on_the_page_is_the_one_the_command_line_lists(own: Running) -> None:
    visit = own.owner()
    question = _question(visit)
    reply = _decide(visit, _form(visit), "none")
    assert reply.status == 303 and "sau=" in reply.headers["location"]
    assert own.services.intents.settled(20)
    (made,) = decisions(own.archive)
    assert (made.path, made.decision.placements) == (question["path"], ())
    asked = [q.document.path for q in own.services.cache.standing().questions]
    assert question["path"] not in asked


def test_like_papers_get_the_same_answer_where_that_is_asked_for(own: Running) -> None:
    visit = own.owner()
    form = _form(visit)
    alike = re.search(r'name="giong" value="([^"]+)"', visit.get("/can-xem").text)
    while alike is None:
        form = _form(visit, f"/can-xem?sau={form['action'].rpartition('/')[2]}")
        alike = re.search(
            r'name="giong" value="([^"]+)"',
            visit.get(f"/can-xem?van-ban={form['action'].rpartition('/')[2]}").text,
        )
    assert _decide(visit, {**form, "giong": alike[1]}, "none").status == 303
    assert own.services.intents.settled(20)
    assert len({d.decision.sha256 for d in decisions(own.archive)}) == 2
    visit.get("/can-xem")
    visit.post("/can-xem/hoan-tac")
    assert own.services.intents.settled(20) and decisions(own.archive) == []


def test_next_question_comes_at_once_though_the_answer_is_not_written_yet(own: Running) -> None:
    visit = own.owner()
    first = _question(visit)["id"]
    _decide(visit, _form(visit), "none")
    assert _question(visit)["id"] != first


def test_the_same_click_sent_twice_counts_once(own: Running) -> None:
    visit = own.owner()
    form = _form(visit)
    assert [_decide(visit, form, "none").status for _again in range(3)] == [303, 303, 303]
    own.services.intents.settled(20)
    assert len(decisions(own.archive, history=True)) == 1


def test_second_person_is_told_who_was_quicker(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    own.account("an", Role.ARCHIVIST)
    own.account("bình", Role.ARCHIVIST)
    an, binh = own.signed_in("an"), own.signed_in("bình")
    first, second = _form(an), _form(binh)
    assert first["action"] == second["action"]
    assert _decide(an, first, "none").status == 303
    at_once = _decide(binh, second, "none")
    own.services.intents.settled(20)
    later = _decide(binh, {**second, "lan": "x"}, "none")
    for reply in (at_once, later):
        assert reply.status == 412 and "đã được an quyết định" in reply.text
    assert [d.decision.author for d in decisions(own.archive, history=True)] == ["an"]


def test_undo_takes_the_last_decision_back_and_asks_again(own: Running) -> None:
    visit = own.owner()
    before = _question(visit)["id"]
    _decide(visit, _form(visit), "none")
    own.services.intents.settled(20)
    visit.get("/can-xem")
    reply = visit.post("/can-xem/hoan-tac")
    assert reply.status == 303 and before in reply.headers["location"]
    assert decisions(own.archive) == []
    assert _question(visit)["id"] == before


def test_unknown_place_is_refused_with_what_there_is(own: Running) -> None:
    visit = own.owner()
    reply = _decide(visit, _form(visit), "99z")
    assert reply.status == 422 and "99z" in reply.text and "Traceback" not in reply.text
    assert own.services.intents.waiting() == 0


def test_corrected_field_is_shown_and_kept(own: Running) -> None:
    visit = own.owner()
    question = _question(visit)
    text = visit.get(f"/van-ban/{question['id']}").text
    seen = re.search(r'name="ban" value="([^"]+)"', text)
    assert seen
    reply = visit.post(f"/van-ban/{question['id']}/truong", number="77/QĐ-UBND", ban=seen[1], lan="1")
    assert reply.status == 303
    own.services.intents.settled(20)
    assert "77/QĐ-UBND" in visit.get(f"/van-ban/{question['id']}").text
    assert (
        visit.post(f"/van-ban/{question['id']}/truong", number="78/QĐ-UBND", ban=seen[1], lan="2").status
        == 412
    )


def test_waiver_of_the_owner_turns_the_finding(own: Running) -> None:
    visit = own.owner()
    rows = json.loads(visit.get("/api/v1/dossiers?tinh-trang=thieu").text)["dossiers"]
    text = visit.get(f"/ho-so/{rows[0]['id']}").text
    rule = re.search(
        r'name="quy-tac" value="([^"]+)"><input type="hidden" name="thanh-phan" value="([^"]*)"', text
    )
    assert rule
    form = {"ho-so": rows[0]["id"], "quy-tac": rule[1], "thanh-phan": rule[2], "ly-do": "đã có bản giấy"}
    assert visit.ask("POST", "/chap-nhan", {"csrf": visit.token, **form}).status == 303
    own.services.intents.settled(20)
    assert "đã có bản giấy" in visit.get("/chap-nhan").text


def test_nobody_approves_his_own_waiver_and_another_does(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    own.account("an", Role.ARCHIVIST)
    own.account("chỉ huy", Role.CHIEF)
    an, chief = own.signed_in("an"), own.signed_in("chỉ huy")
    rows = json.loads(an.get("/api/v1/dossiers?tinh-trang=thieu").text)["dossiers"]
    an.get(f"/ho-so/{rows[0]['id']}")
    form = {"ho-so": rows[0]["id"], "quy-tac": "MH-01", "ly-do": "đã có bản giấy"}
    for visit in (an, chief):
        assert visit.ask("POST", "/chap-nhan", {"csrf": visit.token, **form}).status == 303
    assert json.loads(an.get("/api/v1/waivers").text)["waivers"] == []
    assert an.post("/chap-nhan/duyet", so="1", duyet="1").status == 403  # not the right role
    assert chief.post("/chap-nhan/duyet", so="2", duyet="1").status == 403  # his own
    assert chief.post("/chap-nhan/duyet", so="1", duyet="1").status == 303
    own.services.intents.settled(20)
    made = json.loads(an.get("/api/v1/waivers").text)["waivers"]
    assert [(w["author"], w["rule"]) for w in made] == [("chỉ huy", "MH-01")]


def test_secrecy_can_never_be_lived_with(own: Running) -> None:
    visit = own.owner()
    row = json.loads(visit.get("/api/v1/dossiers").text)["dossiers"][0]
    form = {"csrf": visit.token, "ho-so": row["id"], "quy-tac": "MAT-01", "ly-do": "x"}
    assert visit.ask("POST", "/chap-nhan", form).status == 422


@pytest.mark.slow  # a server of its own is killed
def test_killed_between_the_click_and_its_writing_it_is_done_once_afterwards(
    doubtful: Path, tmp_path: Path
) -> None:
    import shutil

    root = tmp_path / "kho"
    shutil.copytree(doubtful, root)
    script = (
        "import sys, time; sys.path.insert(0, sys.argv[1]);"
        "from tests.web.serving import *; from dossier.web.intents import Intents;"
        "Intents._work = lambda self: time.sleep(600);"  # nothing is ever carried out here
        "from tests.web.test_deciding import _form, _decide;"
        "held = running(open_archive(Path(sys.argv[2]))); up = held.__enter__();"
        "visit = up.owner(); print(_decide(visit, _form(visit), 'none').status, flush=True); time.sleep(600)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(Path(__file__).parents[2]), str(root)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None and process.stdout.readline().strip() == "303"
    process.kill()
    process.wait()
    assert decisions(open_archive(root)) == []
    for _again in range(2):
        with running(open_archive(root)) as up:
            assert up.services.intents.settled(30)
            made = decisions(open_archive(root), history=True)
            assert len(made) == 1
            up.services.storage.change(
                "UPDATE intents SET done_at = NULL"
            )  # as if killed before that was noted
    with running(open_archive(root)) as up:
        assert up.services.intents.settled(30)
    assert len(decisions(open_archive(root), history=True)) == 1


def test_wrong_passwords_are_slowed_down_and_tell_nothing(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    said = set()
    for name in ("quản trị", "không ai"):
        for _again in range(6):
            reply = Visit(own.port).ask("POST", "/dang-nhap", {"name": name, "password": "sai mật khẩu"})
            assert reply.status == 401
            said.add(re.search(r'role="alert">([^<]+)<', reply.text)[1])
    assert any("quá nhiều lần" in text for text in said) and len({t for t in said if "không đúng" in t}) == 1
    assert Visit(own.port).ask("POST", "/dang-nhap", {"name": "quản trị", "password": PASSWORD}).status == 401


def test_session_is_new_at_each_sign_in_and_dead_after_signing_out(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    one, other = own.signed_in("quản trị"), own.signed_in("quản trị")
    assert one.cookie != other.cookie
    held = one.cookie
    assert one.post("/dang-xuat").status == 303
    one.cookie = held
    assert one.ask("GET", "/nhat-ky").status == 303
    assert other.ask("GET", "/nhat-ky").status == 200


def test_clock_of_a_session_runs_out(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    visit = own.signed_in("quản trị")
    own.services.storage.change("UPDATE sessions SET seen = ?", time.time() - 31 * 60)
    assert visit.ask("GET", "/nhat-ky").status == 303


def test_of_two_who_approve_and_refuse_at_once_one_is_told(own: Running) -> None:
    own.account("quản trị", Role.ADMIN)
    for name, role in (("an", Role.ARCHIVIST), ("bình", Role.CHIEF), ("chi", Role.CHIEF)):
        own.account(name, role)
    asks, yes, no = (own.signed_in(name) for name in ("an", "bình", "chi"))
    dossier = own.services.cache.standing().rows[0].id
    for number in range(1, 7):
        asks.post("/chap-nhan", ho_so=dossier, quy_tac="MH-04", ly_do=f"lý do {number}")
        statuses: dict[str, int] = {}

        def say(visit: Visit, how: str, number: int = number, statuses: dict[str, int] = statuses) -> None:
            statuses[how] = visit.post("/chap-nhan/duyet", so=str(number), duyet=how).status

        both = [threading.Thread(target=say, args=(visit, how)) for visit, how in ((yes, "1"), (no, ""))]
        for thread in both[:: 1 if number % 2 else -1]:
            thread.start()
        for thread in both:
            thread.join()
        kept = own.services.storage.one(
            "SELECT count(*) AS n FROM intents WHERE key LIKE ?", f"request-{number}/%"
        )
        assert kept["n"] == (statuses["1"] == 303)
        assert sorted(statuses.values())[0] == 303 and sorted(statuses.values())[1] in (404, 412)


def test_answer_holds_though_a_newer_program_read_the_same_content_otherwise(own: Running) -> None:
    visit = own.owner()
    form = _form(visit)
    with sqlite3.connect(own.archive.state / "catalogue.sqlite") as catalogue:
        changed = catalogue.execute("UPDATE documents SET abstract = abstract || ' (nay)' WHERE review")
    assert changed.rowcount > 1
    assert _decide(visit, form, "none").status == 303


def test_answered_question_is_not_shown_again_while_the_state_from_before_is_in_force(own: Running) -> None:
    visit = own.owner()
    stale = own.services.cache.standing()
    first = _form(visit)
    assert _decide(visit, first, "none").status == 303
    assert own.services.intents.settled(20)
    own.services.cache._keep("vi", stale)  # everything is judged anew meanwhile
    own.services.cache._judge = lambda: None  # type: ignore[method-assign]
    assert _form(visit)["action"] != first["action"]


def test_what_was_read_otherwise_meanwhile_is_not_taken_for_said(own: Running) -> None:
    visit = own.owner()
    address = f"/van-ban/{_question(visit)['id']}"
    text = visit.get(address).text
    seen = dict(re.findall(r'name="(ban|dau)" value="([^"]+)"', text[text.index('/truong"') :]))
    fields = {"number": "07/BC-UBND", "date": "05/03/2023"}
    reply = visit.post(f"{address}/truong", **fields, ban=seen["ban"], dau="0" * 18)
    assert reply.status == 412
    assert visit.post(f"{address}/truong", number="77/BC-UBND", **seen).status == 303
