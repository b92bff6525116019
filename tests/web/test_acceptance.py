"""Which test proves which of the checks that the page is accepted by; one that goes is missed."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from dossier.usecases.locking import working, writing
from tests.web.serving import Running

_HERE = Path(__file__).parent
_TESTS = _HERE.parent
CHECKS: dict[str, tuple[str, ...]] = {
    "1 no complaint by axe, console or policy, no request elsewhere, for every role": (
        "web/test_accessible.py::test_every_page_is_accessible_at_every_width",
        "web/test_accessible.py::test_what_other_roles_see_besides_is_accessible_on_a_telephone",
        "web/test_browser.py::test_pages_complain_of_nothing_ask_nobody_and_do_not_scroll_sideways",
    ),
    "2 everything works without script": (
        "web/test_in_chromium.py::test_every_page_is_read_and_used_without_script",
        "web/test_inbox_browser.py::test_without_script_files_are_taken_in_and_filed",
    ),
    "3 decided by keys, undone, nothing lost to a reload": (
        "web/test_in_chromium.py::test_queue_is_decided_by_keys_and_nothing_is_lost_to_a_reload",
    ),
    "4 who answers second is told": (
        "web/test_in_chromium.py::test_who_answers_second_is_told_who_was_first",
    ),
    "5 a press outlives the server": (
        "web/test_in_chromium.py::test_press_outlives_the_server",
        "web/test_deciding.py::test_killed_between_the_click_and_its_writing_it_is_done_once_afterwards",
    ),
    "6 fields are marked where they stand": (
        "web/test_marks_in_place.py::test_fields_are_marked_where_they_were_written",
        "web/test_marks_in_place.py::test_fields_of_a_scan_are_marked_where_they_were_written",
    ),
    "7 a hit opens at its page, words in sight": (
        "web/test_browser.py::test_hit_opens_at_its_page_with_the_words_in_sight",
    ),
    "8 search while typing": (
        "web/test_browser.py::test_hits_appear_while_somebody_types_one_request_at_a_time_and_the_last_wins",
        "web/test_pages.py::test_search_gives_what_the_command_line_gives",
    ),
    "9 a unit finds nothing of another": (
        "web/test_page_strangers.py::test_no_link_that_a_member_of_one_unit_can_follow_tells_of_another",
        "web/test_page_strangers.py::test_member_of_one_unit_learns_nothing_of_another",
        "web/test_rights.py::test_search_of_a_unit_finds_and_counts_only_its_own",
    ),
    "10 a secret is nowhere": (
        "web/test_secrecy_on_pages.py::test_name_of_a_secret_file_is_told_only_to_who_must_deal_with_it",
        "web/test_inbox_page.py::test_secret_file_is_refused_and_no_byte_stays",
    ),
    "11 fifty files at once, hostile names, too large, broken off": (
        "web/test_inbox_browser.py::test_many_files_at_once_each_say_what_became_of_them",
        "web/test_inbox_browser.py::test_tab_closed_in_the_middle_leaves_nothing_half",
        "web/test_inbox_page.py::test_too_large_body_is_cut_off",
        "web/test_inbox_page.py::test_hostile_name_is_shown_as_text",
    ),
    "12 filed and taken back": ("web/test_inbox_browser.py::test_file_is_filed_and_taken_back_by_clicks",),
    "13 a file copied into the folder appears": (
        "web/test_inbox_browser.py::test_file_copied_into_the_folder_appears_by_itself",
    ),
    "14 a waiver is asked for, approved by another, runs out": (
        "web/test_in_chromium.py::test_waiver_is_asked_for_by_one_and_approved_by_another_and_runs_out",
    ),
    "15 a report opens with its names": (
        "web/test_in_chromium.py::test_report_that_is_downloaded_opens_with_its_vietnamese_names",
    ),
    "16 keyboard alone": (
        "web/test_in_chromium.py::test_every_control_is_reached_by_keys_in_sight_and_none_holds_the_keys",
    ),
    "17 narrow, and twice the size": (
        "web/test_in_chromium.py::test_pages_fit_a_narrow_window_and_one_at_twice_the_size",
    ),
    "18 on paper": (
        "web/test_in_chromium.py::test_pages_are_printed_on_a4_without_what_only_a_screen_needs",
    ),
    "19 Vietnamese keyboards fire no key": (
        "web/test_browser.py::test_keys_do_nothing_while_somebody_types",
    ),
    "20 a reason outlives the session": (
        "web/test_in_chromium.py::test_reason_is_kept_when_the_session_ends_while_it_is_typed",
    ),
    "21 a restarted server is found again": (
        "web/test_inbox_browser.py::test_restarted_server_is_found_again_by_an_open_page",
    ),
    "22 pages go on while a scan is at work": (
        "web/test_acceptance.py::test_pages_answer_while_a_scan_holds_the_archive",
        "web/test_judged_beside.py::test_page_shows_the_last_answer_while_the_next_is_made",
    ),  # how fast: benchmarks/web.py
    "23 a clock set back": ("usecases/test_audit.py::test_clock_set_back_does_not_break_the_order",),
    "24 two languages at the same time": (
        "web/test_pages.py::test_both_languages_are_served_at_once_and_kept_apart",
    ),
    "25 the oldest browser": (
        "web/test_attacks.py::test_sheet_and_scripts_are_understood_by_the_browser_of_windows_7",
    ),
}


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_has_its_test(check: str) -> None:
    for name in CHECKS[check]:
        file, _colons, test = name.partition("::")
        assert re.search(rf"^def {test}\(", (_TESTS / file).read_text("utf-8"), re.MULTILINE), name
    assert len(CHECKS) == 25


def test_pages_answer_while_a_scan_holds_the_archive(own: Running) -> None:
    visit = own.owner()
    held, done = threading.Event(), threading.Event()

    def scan() -> None:
        with working(own.archive, "scan"), writing(own.archive, "scan"):
            held.set()
            done.wait(60)

    at_work = threading.Thread(target=scan)
    at_work.start()
    try:
        assert held.wait(30)
        for path in ("/", "/can-xem", "/tim?q=bao+cao", "/lich", "/hop-thu-den", "/nhat-ky"):
            assert visit.ask("GET", path).status == 200, path
        form = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', visit.get("/can-xem").text))
        action = re.search(r'action="(/can-xem/[0-9a-f]+-1)"', visit.get("/can-xem").text)
        assert action and visit.ask("POST", action[1], {**form, "muc": "none"}).status == 303
        assert own.services.intents.waiting() == 1  # received, and carried out once the scan lets it
    finally:
        done.set()
        at_work.join()
    assert own.services.intents.settled(60)
