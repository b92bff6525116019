"""Rows of the law on retention are confirmed on a dossier's page, as ``dossier retention confirm`` does."""

from __future__ import annotations

import re
from html import unescape

from dossier.usecases.assess import assess
from dossier.usecases.standing import id_of
from dossier.web.roles import Role
from tests.web.serving import Reply, Running, Visit

FOLDER = "mo-hinh/A"
AT = f"/ho-so/{id_of(FOLDER)}"


def _forms(visit: Visit) -> list[dict[str, str]]:
    """The hidden fields of each form that confirms a row."""
    found = re.findall(
        rf'<form method="post" action="{AT}/bao-quan".*?</form>', visit.get(AT).text, re.DOTALL
    )
    hidden = re.compile(r'type="hidden" name="([^"]+)" value="([^"]*)"')
    return [{name: unescape(value) for name, value in hidden.findall(form)} for form in found]


def _send(visit: Visit, **more: str) -> Reply:
    fields = {name.replace("_", "-"): value for name, value in more.items()}
    return visit.ask("POST", f"{AT}/bao-quan", {**_forms(visit)[0], **fields})


def _rows(own: Running) -> dict[str, tuple[str, str, bool]]:
    assert own.services.intents.settled(20)
    kept = assess(own.archive, own.services.cache.today, FOLDER).dossiers[0].retention
    return {reason.row: (reason.citation, reason.period, reason.verified) for reason in kept.reasons}


def test_article_that_was_read_is_kept_in_the_file_and_shown_at_once(own: Running) -> None:
    visit = own.owner()
    row = _forms(visit)[0]["dong"]
    reply = _send(visit, dieu_khoan='Thông tư "45"\nPhụ lục <b>', so_nam="25")
    assert reply.status == 303, reply.text
    citation, period, verified = _rows(own)[row]
    assert verified and period == "25 years" and citation.startswith('Thông tư "45"')
    text = visit.get(AT).text
    assert row not in [form["dong"] for form in _forms(visit)]
    assert "Phụ lục &lt;b&gt;" in text and "Phụ lục <b>" not in text
    assert (own.archive.root / "retention.toml").read_text("utf-8").count("[[confirm]]") == 1


def test_same_click_twice_or_after_a_kill_is_written_once(own: Running) -> None:
    visit = own.owner()
    form = {**_forms(visit)[0], "dieu-khoan": "Điều 5", "thoi-han": "v"}
    assert visit.ask("POST", f"{AT}/bao-quan", form).status == 303
    assert _rows(own)[form["dong"]][1:] == ("permanent", True)
    assert visit.ask("POST", f"{AT}/bao-quan", form).status == 412
    own.services.storage.change("UPDATE intents SET done_at = NULL")  # killed before it was marked as done
    own.services.intents._news.set()
    _rows(own)
    assert (own.archive.root / "retention.toml").read_text("utf-8").count("[[confirm]]") == 1


def test_what_is_no_article_or_no_period_is_refused_and_nothing_written(own: Running) -> None:
    visit = own.owner()
    wrong = ({}, {"so_nam": "-3"}, {"so_nam": "99999"}, {"so_nam": "hai"})
    for more in wrong:
        article = "Điều 5" if more else "  "
        assert _send(visit, dieu_khoan=article, **more).status == 422
    assert _send(visit, dieu_khoan="Điều 5", dong="khong-co").status == 404
    _rows(own)
    assert not (own.archive.root / "retention.toml").exists()


def test_who_speaks_for_a_unit_only_confirms_nothing(own: Running) -> None:
    owner_form = _forms(own.owner())[0]
    own.account("quản trị", Role.ADMIN)
    unit = own.services.cache.standing().rows[0].unit
    for name, role, units in (
        ("lan", Role.UNIT, (unit,)),
        ("kiểm", Role.AUDITOR, ()),
        ("sếp", Role.CHIEF, (unit,)),
    ):
        own.account(name, role, *units)
        visit = own.signed_in(name)
        assert _forms(visit) == []
        form = {**owner_form, "csrf": visit.token, "dieu-khoan": "Điều 5"}
        assert visit.ask("POST", f"{AT}/bao-quan", form).status == 403


def test_machine_does_what_forms_do(own: Running) -> None:
    row = _forms(own.owner())[0]["dong"]
    own.account("quản trị", Role.ADMIN)
    own.account("lan", Role.ARCHIVIST)
    machine = Visit(
        own.port, extra={"authorization": f"Bearer {own.services.accounts.tokens.make('lan', 'x')}"}
    )
    at = f"/api/v1/dossiers/{id_of(FOLDER)}"
    for path, form in (
        (f"{at}/facts", {"dieu": "fund", "gia-tri": "no"}),
        (f"{at}/retention", {"dong": row, "dieu-khoan": "Điều 5"}),
        ("/api/v1/duties", {"viec": "TH-23/2022", "ngay": "2022-11-10"}),
        ("/api/v1/waivers", {"ho-so": id_of(FOLDER), "quy-tac": "MH-04", "ly-do": "đang xin"}),
    ):
        reply = machine.ask("POST", path, form)
        assert reply.status == 202 and '"received":true' in reply.text, (path, reply.text)
    assert _rows(own)[row][2]
    assert machine.ask("POST", "/api/v1/waivers/answer", {"so": "1", "duyet": "1"}).status == 403
    reads = Visit(
        own.port,
        extra={"authorization": f"Bearer {own.services.accounts.tokens.make('lan', 'y', reads_only=True)}"},
    )
    assert reads.ask("POST", f"{at}/facts", {"dieu": "fund", "gia-tri": "yes"}).status == 403
