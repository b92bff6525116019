"""Two people at once: what one speaks, who one is and how long one waits is nobody else's."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dossier import i18n, workspace
from dossier.archive import Archive, open_archive
from dossier.checklists import vocabulary
from dossier.errors import LockedError, UsageError
from dossier.i18n import _, speaking
from dossier.usecases.locking import writing
from dossier.usecases.output import deliver
from dossier.workspace import acting, person, standing_in, with_context

SAID = "Phải nêu lý do."


def _elsewhere(run: Callable[[], object]) -> list[object]:
    """What ``run`` gives in a thread of its own."""
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(run()))
    thread.start()
    thread.join()
    return found


def test_language_of_one_request_is_not_that_of_another() -> None:
    with speaking("en"):
        assert _(SAID) != SAID
        assert _elsewhere(i18n.language) == ["vi"]
    assert _(SAID) == SAID


def test_language_of_the_command_holds_in_the_threads_that_work_for_it() -> None:
    i18n.use("en")
    assert _elsewhere(with_context(i18n.language)) == ["en"]


def test_what_a_thread_sets_is_not_its_starters() -> None:
    _elsewhere(with_context(lambda: i18n.use("en")))
    assert i18n.language() == "vi"


def test_unknown_language_is_answered_in_vietnamese() -> None:
    i18n.use("en")
    with speaking("fr"):
        assert i18n.language() == "vi"


def test_two_people_act_at_once_each_in_their_own_name(tmp_path: Path) -> None:
    before = standing_in()
    with acting("an", tmp_path):
        assert (person(), standing_in()) == ("an", tmp_path)
        assert _elsewhere(person) != ["an"]
    assert standing_in() == before


def test_impatience_of_one_request_ends_with_it(tmp_path: Path) -> None:
    with (
        workspace.within(patience=0),
        writing(tmp_path, "test"),
        pytest.raises(LockedError),
        writing(tmp_path, "again"),
    ):
        pass  # pragma: no cover


def test_nothing_is_handed_to_nobody(tmp_path: Path) -> None:
    taken: list[bytes] = []
    archive = open_archive(tmp_path)
    with pytest.raises(UsageError):
        deliver(b"x", "-", archive)
    with workspace.within(out=taken.append):
        deliver(b"x", "-", archive)
    assert taken == [b"x"]


def _archive(root: Path, name: str) -> Archive:
    """One with a type of papers of its own."""
    (root / "checklists").mkdir(parents=True)
    (root / "checklists/vocabulary.toml").write_text(
        f'types = [{{ name = "{name}", code = "ZZ" }}]\n', "utf-8"
    )
    return open_archive(root)


def _type_called_zz() -> str:
    words = vocabulary.current()
    return words.names[words.codes["ZZ"]]


def test_words_of_two_archives_hold_at_once(tmp_path: Path) -> None:
    archives = [_archive(tmp_path / "a", "Sổ lạ"), _archive(tmp_path / "b", "Bản lạ")]
    together = threading.Barrier(8)

    def look(at: int) -> list[str]:
        language = ("vi", "en")[at // 2 % 2]
        told = []
        with archives[at % 2].within(language=language, account=f"người {at}"):
            together.wait(20)
            for _turn in range(200):
                told.append(f"{_type_called_zz()} {i18n.language()} {person()} {_(SAID) == SAID}")
        return told

    with ThreadPoolExecutor(8) as pool:
        for at, told in enumerate(pool.map(look, range(8))):
            spoken = ("vi", "en")[at // 2 % 2]
            assert set(told) == {f"{('Sổ lạ', 'Bản lạ')[at % 2]} {spoken} người {at} {spoken == 'vi'}"}
