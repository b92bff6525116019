"""Settings, backups, mending and the baseline on pages: by whom, with a password, and what comes of it."""

from __future__ import annotations

import re
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from dossier.usecases import audit, baseline
from dossier.usecases.restore import restore
from dossier.web import sessions
from tests.web.serving import PASSWORD, Reply, Running, Visit

SETTINGS, BACKUPS = "/quan-tri/cai-dat", "/quan-tri/sao-luu"


def _proved(staffed: Running) -> Visit:
    admin = staffed.signed_in("admin")
    asked = admin.post("/quan-tri/sua", mat_khau_cua_toi=PASSWORD)
    assert asked.status == 303, asked.text
    return admin


def _done(visit: Visit, page: str) -> Reply:
    end = time.monotonic() + 60
    while (reply := visit.get(page)).headers.get("refresh") and time.monotonic() < end:
        time.sleep(0.1)
    return reply


def test_nothing_grave_is_done_before_the_password_was_typed_again(
    staffed: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sessions, "PROVED_SECONDS", 0.0)
    admin = staffed.signed_in("admin")
    for path in (SETTINGS, BACKUPS, "/quan-tri/sua", f"{BACKUPS}/{'0' * 18}/tep"):
        asked = admin.post(path, unit_name="X")
        assert asked.status == 422 and "mat-khau-cua-toi" in asked.text, path
        plain = admin.post("/api/v1/doctor/fix")
        assert plain.status == 422 and plain.headers["content-type"] == "application/json"
    assert not {"config", "backup", "mend"} & {entry.act for entry in audit.entries(staffed.archive, 50)}


def test_what_can_be_mended_is_mended_and_told(staffed: Running) -> None:
    (staffed.archive.state / ".probe-left").mkdir()
    admin = _proved(staffed)
    assert "Đã xóa 1 tệp tạm" in _done(admin, "/quan-tri").text
    assert not (staffed.archive.state / ".probe-left").exists()


def test_backup_is_saved_by_who_asked_checked_on_the_page_and_put_back_by_the_command(
    staffed: Running, tmp_path: Path
) -> None:
    admin = _proved(staffed)
    assert admin.post(BACKUPS).status == 303
    page = _done(admin, BACKUPS).text
    assert [entry.about for entry in audit.entries(staffed.archive, 20) if entry.act == "backup"] == [
        re.search(r"[\w-]+-sao-luu-\d{4}-\d\d-\d\d-\d{6}\.zip", page)[0]  # type: ignore[index]  as a command's
    ]
    link = re.search(rf'action="({BACKUPS}/\w+/tep)"', page)
    assert link
    got = admin.post(link[1])
    assert got.status == 200 and "attachment" in got.headers["content-disposition"]
    assert staffed.signed_in("archivist").post(link[1]).status == 403
    names = zipfile.ZipFile(BytesIO(got.body)).namelist()
    assert any("catalogue" in name for name in names)

    def checked(content: bytes) -> str:
        edge = "X" * 20
        form = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{admin.token}\r\n--{edge}\r\n'
            'Content-Disposition: form-data; name="tep"; filename="a.zip"\r\n\r\n'
        ).encode() + content + f"\r\n--{edge}--\r\n".encode()  # fmt: skip
        sent = admin.ask(
            "POST", f"{BACKUPS}/kiem-tra", form, content_type=f"multipart/form-data; boundary={edge}"
        )
        assert sent.status == 303, sent.text
        return admin.get(BACKUPS).text

    assert "bản sao lưu nguyên vẹn" in checked(got.body)
    broken = bytearray(got.body)
    broken[len(broken) // 2] ^= 0xFF
    said = checked(bytes(broken))
    assert "✗ a.zip" in said and str(staffed.archive.state) not in said.partition("Phục hồi</h2>")[0]
    file = tmp_path / "a.zip"
    file.write_bytes(got.body)
    staffed.services.stop()
    assert restore(staffed.archive, file, force=True).broken == ""


def test_setting_that_is_changed_holds_at_once_and_a_wrong_one_changes_nothing(staffed: Running) -> None:
    admin = _proved(staffed)
    sent = {"unit.name": "CÔNG AN XÃ HÀM LIÊM", "rules.due_days": "45"}
    assert admin.ask("POST", SETTINGS, {"csrf": admin.token, **sent}).status == 303
    assert "CÔNG AN XÃ HÀM LIÊM" in admin.get(SETTINGS).text
    assert staffed.archive.config.rules.due_days == 45
    refused = admin.ask("POST", SETTINGS, {"csrf": admin.token, "rules.due_days": "mai", "unit.name": "B"})
    assert refused.status == 422 and "mai" in refused.text and "dossier config" not in refused.text
    assert staffed.archive.config.unit.name == "CÔNG AN XÃ HÀM LIÊM"
    asked = admin.ask("POST", SETTINGS, {"csrf": admin.token, "people.root": "x"})
    assert asked.status == 303 and not staffed.archive.config.people


def test_setting_changed_by_hand_is_taken_over_while_the_page_is_open(own: Running) -> None:
    owner = own.owner()
    (own.archive.root / "dossier.toml").write_text('[archive]\nname = "Kho mới"\n', "utf-8")
    end = time.monotonic() + 20
    while "Kho mới" not in owner.get("/").text and time.monotonic() < end:
        time.sleep(0.1)
    assert own.archive.name == "Kho mới"


def test_chief_draws_the_baseline_and_takes_it_back(staffed: Running) -> None:
    assert staffed.signed_in("archivist").post("/moc").status == 403
    assert staffed.signed_in("admin").get("/moc").status == 403
    chief = staffed.signed_in("chief")
    assert chief.post("/moc").status == 303
    assert "Mốc do chief lập" in _done(chief, "/moc").text
    assert baseline.drawn(staffed.archive).held > 0
    assert chief.post("/moc", bo="1").status == 303
    assert "Chưa có mốc" in _done(chief, "/moc").text
