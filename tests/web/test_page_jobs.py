"""Packages, letters and reports from the page; the log with its filters; the calendar's."""

from __future__ import annotations

import io
import re
import threading
import zipfile
from pathlib import Path

import pytest

from dossier.progress import report_progress
from dossier.usecases.standing import id_of
from dossier.web.making import KINDS
from dossier.web.roles import Role, Visitor
from tests.web.serving import Reply, Running, Visit


def _made(visit: Visit, **form: str) -> Reply:
    """The file, once the job is done; else the page that says why there is none."""
    assert visit.post("/nop-luu", **form).status == 303
    address = "/nop-luu" + (f"?ho-so={form['ho_so']}" if form.get("ho_so") else "")
    for _again in range(600):
        reply = visit.get(address)
        if "refresh" not in reply.headers:
            break
        threading.Event().wait(0.1)
    found = re.search(r'href="(/viec/[0-9a-f]+/tep)"', reply.text.partition('<section id="viec"')[2])
    newest_failed = re.search(r'<ul class="jobs">\s*<li class="failed"', reply.text)
    return reply if newest_failed or not found else visit.get(found[1])


def _any(reading: Running) -> str:
    return id_of(reading.services.cache.standing().rows[0].path)


@pytest.mark.parametrize(
    "kind", [name for name, kind in KINDS.items() if not kind.of_one and name != "hoi-dong"]
)
def test_paper_about_everything_is_made_and_saved(reading: Running, kind: str) -> None:
    for format_ in [each for each in KINDS[kind].formats if each != "pdf"]:
        reply = _made(reading.owner(), viec=kind, dang=format_)
        assert reply.status == 200 and "attachment" in reply.headers.get("content-disposition", ""), (
            reply.text
        )
        assert f".{format_}" in reply.headers["content-disposition"] and reply.body
        if format_ in ("docx", "xlsx", "zip"):
            assert zipfile.ZipFile(io.BytesIO(reply.body)).testzip() is None


def test_job_tells_how_far_its_work_is(reading: Running) -> None:
    def work(_folder: Path) -> tuple[str, ...]:
        report_progress(2, 5, "nén tệp")
        return ("xong",)

    job = reading.services.jobs.begin(Visitor("lan"), "Gói", work)
    for _again in range(600):
        if not job.runs:
            break
        threading.Event().wait(0.1)
    assert (job.progress, job.sentences) == ("nén tệp 2/5", ("xong",))


@pytest.mark.parametrize("kind", ["ket-thuc", "van-ban"])
def test_paper_about_one_dossier_is_made_and_saved(reading: Running, kind: str) -> None:
    reply = _made(reading.owner(), viec=kind, ho_so=_any(reading))
    assert zipfile.ZipFile(io.BytesIO(reply.body)).testzip() is None


def test_package_is_made_or_refused_with_all_reasons(reading: Running) -> None:
    rows = reading.services.cache.standing().rows
    lacking = next(row for row in rows if not row.complete)
    reply = _made(reading.owner(), viec="goi", ho_so=id_of(lacking.path))
    assert "Chưa lập được gói nộp lưu" in reply.text and "Chưa nộp lưu được" in reply.text


def test_letters_are_a_file_for_each_unit(reading: Running) -> None:
    reply = _made(reading.owner(), viec="bo-sung")
    names = zipfile.ZipFile(io.BytesIO(reply.body)).namelist()
    assert names and all(name.startswith("cong-van/de-nghi-bo-sung-") for name in names)


@pytest.mark.parametrize(
    ("form", "status"),
    [({"viec": "gì"}, 422), ({"viec": "goi"}, 422), ({"viec": "bao-cao", "dang": "exe"}, 422),
     ({"viec": "goi", "ho_so": "0" * 18}, 404)],
)  # fmt: skip
def test_what_cannot_be_made_is_refused(reading: Running, form: dict[str, str], status: int) -> None:
    assert reading.owner().post("/nop-luu", **form).status == status


def test_file_of_one_person_is_no_other_persons(own: Running) -> None:
    for role in (Role.ADMIN, Role.ARCHIVIST, Role.CHIEF):
        own.account(role.value, role)
    chief, archivist = own.signed_in("chief"), own.signed_in("archivist")
    _made(chief, viec="bao-cao", dang="json")
    job = re.search(r"/viec/([0-9a-f]+)/tep", chief.get("/nop-luu").text)
    assert job and archivist.get(f"/viec/{job[1]}/tep").status == 404
    assert (
        archivist.get(f"/api/v1/jobs/{job[1]}").status == 404 and job[1] not in archivist.get("/nop-luu").text
    )


def test_report_of_a_unit_has_only_its_own(own: Running) -> None:
    own.account("admin", Role.ADMIN)
    own.account("lan", Role.UNIT, "Xã Khác")
    reply = _made(own.signed_in("lan"), viec="bao-cao", dang="json")
    assert reply.status == 200 and b"Camera" not in reply.body and b"qd.txt" not in reply.body


def test_log_is_filtered_by_person_act_day_and_words(own: Running) -> None:
    own.account("admin", Role.ADMIN)
    own.account("chief", Role.CHIEF)
    own.account("kiểm", Role.AUDITOR)
    own.signed_in("chief")
    checks = own.signed_in("kiểm")
    everything = checks.get("/nhat-ky").text
    assert "đăng nhập" in everything and ">sign-in<" not in everything
    rows = re.findall(r"<td>(\d+)</td>", checks.get("/nhat-ky?ai=chief&viec=sign-in").text)
    assert len(rows) == 1
    assert "Không có dòng nào" in checks.get("/nhat-ky?den=2001-01-01").text
    assert "Không có dòng nào" in checks.get("/nhat-ky?ve=kh%C3%B4ng+c%C3%B3").text
    assert checks.get("/nhat-ky?tu=mai").status == 422
    assert len(re.findall(r"<td>(\d+)</td>", checks.get("/nhat-ky?tu=2001-01-01").text)) >= 2


def test_log_of_a_chief_of_units_holds_own_lines_and_those_about_their_dossiers(own: Running) -> None:
    from dossier.usecases import audit

    own.account("admin", Role.ADMIN)
    own.account("chief", Role.CHIEF, "Xã Khác")
    audit.note(own.archive, "set", own.services.cache.standing().rows[0].path)
    shown = own.signed_in("chief").get("/nhat-ky").text
    assert "ghi nhận điều đã biết" not in shown.partition("<table")[2] and "chief" in shown


def test_calendar_is_filtered(reading: Running) -> None:
    visit = reading.owner()
    whole = visit.get("/lich").text
    months = re.findall(r'<option value="(\d{4}-\d\d)"', whole)
    counts = [
        int(re.search(r'role="status">(\d+)', visit.get(f"/lich?thang={month}").text)[1]) for month in months
    ]
    assert months and sum(counts) == int(re.search(r'role="status">(\d+)', whole)[1])
