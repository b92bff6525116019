"""Two people at once: what one speaks, who one is and how long one waits is nobody else's."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from dossier import i18n
from dossier.errors import LockedError
from dossier.i18n import _, speaking
from dossier.usecases.locking import patient, writing
from dossier.usecases.person import acting, person, standing_in


def _elsewhere(run) -> list[object]:
    """What ``run`` gives in a thread of its own."""
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(run()))
    thread.start()
    thread.join()
    return found


def test_language_of_one_request_is_not_that_of_another() -> None:
    with speaking("en"):
        assert _("Phải nêu lý do.") != "Phải nêu lý do."
        assert _elsewhere(i18n.language) == ["vi"]
    assert _("Phải nêu lý do.") == "Phải nêu lý do."


def test_language_of_the_command_holds_in_all_threads() -> None:
    i18n.use("en")
    assert _elsewhere(i18n.language) == ["en"]


def test_unknown_language_is_answered_in_vietnamese() -> None:
    i18n.use("en")
    with speaking("fr"):
        assert i18n.language() == "vi"


def test_two_people_act_at_once_each_in_their_own_name(tmp_path: Path) -> None:
    with acting("an", tmp_path):
        assert (person(), standing_in()) == ("an", tmp_path)
        assert _elsewhere(person) != ["an"]
    assert standing_in() == Path.cwd()


def test_impatience_of_one_request_ends_with_it(tmp_path: Path) -> None:
    with patient(0), writing(tmp_path, "test"), pytest.raises(LockedError), writing(tmp_path, "again"):
        pass  # pragma: no cover
