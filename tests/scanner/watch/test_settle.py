"""A file is taken when it lies still, and never before."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from dossier.scanner.watch import Settling, Stamp

QUIET, PATIENCE = 2.0, 20.0
A = b"/kho/a.pdf"


def settling() -> Settling:
    return Settling(PATIENCE)


def test_still_file_is_taken_after_the_quiet_time() -> None:
    tracker = settling()
    tracker.touched(A, 0, QUIET, Stamp(5, 1))
    assert tracker.due(1.9) == []
    assert tracker.due(2.0) == [A]
    assert tracker.looked(A, 2.0, QUIET, Stamp(5, 1), False)
    assert A not in tracker


def test_many_events_are_one_and_start_the_time_anew() -> None:
    tracker = settling()
    for now in range(10):
        tracker.touched(A, now, QUIET, Stamp(5, 1))
    assert (len(tracker), tracker.due(10.9), tracker.due(11.0)) == (1, [], [A])


def test_file_that_grew_without_an_event_waits_longer() -> None:
    tracker = settling()
    tracker.touched(A, 0, QUIET, Stamp(5, 1))
    assert not tracker.looked(A, 2, QUIET, Stamp(6, 1), None)
    assert tracker.due(3.9) == []
    assert tracker.looked(A, 4, QUIET, Stamp(6, 1), None)


def test_stalled_copy_waits_while_it_is_open() -> None:
    tracker = settling()
    tracker.touched(A, 0, QUIET, Stamp(5, 1))
    for now in (2, 4, 10, 19):
        assert not tracker.looked(A, now, QUIET, Stamp(5, 1), True)
    assert tracker.looked(A, 19.5, QUIET, Stamp(5, 1), False)


def test_file_left_open_for_ever_is_taken_when_patience_ends() -> None:
    tracker = settling()
    tracker.touched(A, 0, QUIET, Stamp(5, 1))
    assert not tracker.looked(A, 19.9, QUIET, Stamp(5, 1), True)
    assert tracker.looked(A, 20, QUIET, Stamp(5, 1), True)


def test_events_tell_of_a_writer_where_the_system_does_not() -> None:
    tracker = settling()
    tracker.touched(A, 0, QUIET, Stamp(5, 1), writing=True)
    assert not tracker.looked(A, 2, QUIET, Stamp(5, 1), None)
    tracker.closed(A)
    assert tracker.looked(A, 4, QUIET, Stamp(5, 1), None)


def test_what_is_gone_is_taken_though_it_was_being_written() -> None:
    tracker = settling()
    tracker.touched(A, 0, QUIET, Stamp(5, 1), writing=True)
    tracker.touched(A, 1, QUIET, None)
    assert tracker.looked(A, 3, QUIET, None, None)


class Disk(RuleBasedStateMachine):
    """One path of a disk on which anything may happen, looked at as the watcher does."""

    def __init__(self) -> None:
        super().__init__()
        self.tracker = settling()
        self.now = 0.0
        self.stamp: Stamp | None = None
        self.opened = False
        self.last_change = 0.0
        self.told = True  # whether the present state was taken since it came about

    def _changed(self, stamp: Stamp | None, event: bool) -> None:
        self.stamp, self.last_change = stamp, self.now
        if event:
            self.tracker.touched(A, self.now, QUIET, stamp)
            self.told = False

    @rule(size=st.integers(0, 3))
    def write(self, size: int) -> None:
        self._changed(Stamp(size, int(self.now * 1000)), event=True)

    @rule()
    def delete(self) -> None:
        self.opened = False
        self._changed(None, event=True)

    @rule(opened=st.booleans())
    def open_or_close(self, opened: bool) -> None:
        self.opened = opened and self.stamp is not None

    @rule(size=st.integers(0, 3))
    def write_unseen(self, size: int) -> None:
        if A in self.tracker:
            self._changed(Stamp(size, int(self.now * 1000)), event=False)

    @rule(seconds=st.sampled_from([0.1, 0.5, 1.0, 2.0, 5.0]))
    def time_goes_by(self, seconds: float) -> None:
        self.now += seconds
        for path in self.tracker.due(self.now):
            if self.tracker.looked(path, self.now, QUIET, self.stamp, self.opened):
                self.told = True
                assert self.now - self.last_change >= QUIET
                assert not self.opened or self.now - self.last_change >= PATIENCE

    @invariant()
    def what_was_not_taken_is_not_forgotten(self) -> None:
        assert self.told or A in self.tracker

    def teardown(self) -> None:
        for _round in range(20):
            self.time_goes_by(5.0)
        assert A not in self.tracker


TestDisk = Disk.TestCase
