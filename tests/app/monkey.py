"""A monkey at the real window: thousands of random actions, none of which may do harm.

    python -m tests.app.monkey --seed 7 --actions 2000

The same seed gives the same actions.  What they meet depends also on how far jobs are by then, so
that a fault that hangs on a moment may take a few tries.  `test_monkey.py` runs it.
"""

import argparse
import faulthandler
import gc
import shutil
import sys
import tempfile
import time
from collections import Counter, deque
from pathlib import Path
from random import Random

from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    Qt,
    QTimer,
    qInstallMessageHandler,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from laminoscope.clipboard import hand_over_clipboard
from laminoscope.garbage import GuiGarbageCollector
from laminoscope.main import SWITCH_INTERVAL, create_application
from laminoscope.main_window import MainWindow
from laminoscope_core.analysis import rsa_chance, separability_chance

from .monkey_ears import Faults
from .monkey_hands import DEEDS, IN_FRONT, Hands
from .monkey_mouse import kind, open_windows, said
from .monkey_world import World, forbid_the_rest, settle_in

STALL = 1.0
"""Seconds of its own processor time that the GUI thread may take between two turns."""
LONGEST_JOB = 180.0
"""Seconds within which a job must end, on a busy machine as well."""
HANGS = 240
"""Seconds without any turn of the event loop after which the process is ended."""
PATIENCE = 60
"""Actions that a dialog may stay in front before it is closed by force."""
MOST_WINDOWS = 6
MORE_WIDGETS = 40
"""Widgets that windows that are gone may leave behind, in a thousand actions."""
UNTIL_GONE = 3
"""Windows that close before what is left is taken for good: an action may still hold the last."""
TOLD = 30
"""Last actions that are told with a fault."""


class Monkey:
    """Does one thing a turn of the event loop; within menus and dialogs that block, as well.

    Parameters
    ----------
    world : World
    seed, n_actions : int
    journal : file
        Gets every action before it is done, so that a crash names its last.
    goes_on : bool
        Whether to go on after a fault.
    """

    def __init__(self, world, seed, n_actions, journal, *, goes_on) -> None:
        self.world, self.seed, self.n_actions = world, seed, n_actions
        self.journal, self.goes_on = journal, goes_on
        self.number = 0
        self.last = deque(maxlen=TOLD)
        self.n_faults = 0
        self.faults = Faults(self._fault)
        self.hands = Hands(world, self.log)
        self.window = None
        self.n_windows = 0
        self._depth = 0
        self._wait_until = None
        self._over = False
        self._front, self._in_front_since = None, 0
        self._moved, self._standing = time.monotonic(), None
        self._left, self._fewest_widgets = deque(maxlen=UNTIL_GONE), sys.maxsize
        self._clock = time.thread_time()

    def run(self) -> None:
        """Do everything, and return when the last window is gone."""
        self.faults.listen()
        QAbstractEventDispatcher.instance().awake.connect(self._measure)
        self._open_window()
        QTimer.singleShot(0, self._turn)
        QApplication.exec()

    def may_collect(self) -> bool:
        """Return whether garbage may be collected now; see `GuiGarbageCollector`."""
        return self.window is None or not self.window.controller.opening

    def log(self, text: str) -> None:
        """Write down what is about to be done."""
        self.last.append(f"{self.number:6d}  {text}")
        print(self.last[-1], file=self.journal, flush=True)

    def _fault(self, text: str) -> None:
        self.n_faults += 1
        print("\n".join(["", *self.last]))
        print(f"---- fault at action {self.number} of seed {self.seed}\n{text.strip()}", flush=True)
        if not self.goes_on:
            self._over = True
            QTimer.singleShot(0, QCoreApplication.exit)

    def _measure(self) -> None:
        """Compare the processor time of this thread with what it was at the last turn."""
        now = time.thread_time()
        if now - self._clock > STALL:
            self.faults.tell(
                f"The window stood still for {now - self._clock:.1f} s: {self.last[-1]}"
            )
            now = time.thread_time()
        self._clock = now

    # ---- turns

    def _turn(self) -> None:
        if self._over:
            return
        if self._wait_until is not None and not self._wait_until():
            QTimer.singleShot(2, self._turn)
            return
        self._wait_until = None
        QTimer.singleShot(0, self._turn)  # before the action: some return only when it is answered
        self._depth += 1
        try:
            self._do_next()
        finally:
            self._depth -= 1
        self._check()

    def _do_next(self) -> None:
        front = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        nested = self._depth > 1
        if nested and front is None:
            self.hands.let_go()
            return
        gone = not self.window.isVisible()
        if front is not None and (gone or self.number >= self.n_actions):
            front.close()
        elif gone:
            self._renew()
        elif self.number >= self.n_actions:
            self._finish()
        else:
            self._act(front)

    def _act(self, front) -> None:
        if self.number % 20 == 0:
            faulthandler.dump_traceback_later(HANGS, exit=True)
        self.number += 1
        self.world.random.seed(f"{self.seed} {self.number}")
        names = list(DEEDS) if front is None else IN_FRONT
        many = len(open_windows()) > MOST_WINDOWS and front is None
        (name,) = self.world.random.choices(names, [DEEDS[each] for each in names])
        wait = self.world.random.random()
        getattr(self.hands, "leave" if many else name)()
        if wait < 0.1:
            self._wait_for(self._jobs_ended, 10.0)
        elif wait < 0.4:
            self._wait_for(lambda: self.window.updates.idle(), 5.0)

    def _wait_for(self, condition, seconds) -> None:
        deadline = time.monotonic() + seconds
        self._wait_until = lambda: condition() or time.monotonic() > deadline

    def _jobs_ended(self) -> bool:
        return not self.window.controller.busy() and self.window.updates.idle()

    # ---- windows

    def _open_window(self) -> None:
        window = self.window = self.hands.window = MainWindow()
        window.controller.params["rsa-chance"] = rsa_chance.Params(99, 49)
        window.controller.params["separability-chance"] = separability_chance.Params(99)
        window.controller.failed.connect(self.faults.failed)
        window.controller.jobs.ended.connect(self.faults.ended)
        window.show()
        window.activateWindow()
        window.begin_in_turns(sample="words-qkv")
        self.n_windows += 1
        self._clock = time.thread_time()

    def _renew(self) -> None:
        """Let the window that was closed go, look at what it leaves, and open another."""
        self._let_go_of_window()
        self._open_window()

    def _let_go_of_window(self) -> None:
        self.window.deleteLater()
        self.window = self.hands.window = None
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        sys.last_value = sys.last_traceback = None  # of a fault: it would keep the window
        gc.unfreeze()  # importing a library has frozen what stood then, of the window too
        gc.collect()
        gc.freeze()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if left := [said(each) for each in open_windows()]:
            self.faults.tell(f"Windows stay when the main one is gone: {left}")
        kinds = Counter(kind(each) for each in QApplication.allWidgets())
        count = kinds.total()
        self.log(f"{count} widgets are left: {kinds.most_common(9)}")
        self._left.append(count)
        self._fewest_widgets = min(count, self._fewest_widgets)
        allowed = MORE_WIDGETS * (1 + self.number // 1000)
        if min(self._left) > self._fewest_widgets + allowed:
            self.faults.tell(f"Closed windows have left {count} widgets: {kinds.most_common(9)}")
        self._clock = time.thread_time()

    def _finish(self) -> None:
        """Let all jobs end, then close the last window."""
        if self.window.controller.busy():
            self._wait_for(self._jobs_ended, 1.0)
            return
        self.window.files.count_as_saved()
        self.window.close()
        self._let_go_of_window()
        self._over = True
        QCoreApplication.exit()

    # ---- what must hold after every action

    def _check(self) -> None:
        if self._over or self.window is None:
            return
        self._check_pages()
        self._check_jobs()
        self._check_front()

    def _check_pages(self) -> None:
        task = self.window.pages.task
        seen = {name for name, panel in self.window.panels.made().items() if panel.isVisible()}
        if strangers := seen - set(task.panels):
            self.faults.tell(f"Page {task.id} shows panels of another: {sorted(strangers)}")

    def _check_jobs(self) -> None:
        live = self.window.controller.jobs.live
        standing = [(id(job), job.state, job.fraction, job.text) for job in live]
        if not live or standing != self._standing:
            self._standing, self._moved = standing, time.monotonic()
        elif time.monotonic() - self._moved > LONGEST_JOB:
            self.faults.tell(f"Jobs do not end: {[job.title for job in live]}")
            self._moved = time.monotonic()

    def _check_front(self) -> None:
        front = QApplication.activeModalWidget()
        if front is None or front is not self._front:
            self._front, self._in_front_since = front, self.number
        elif self.number - self._in_front_since > PATIENCE:
            self.log(f"close {said(front)} by Esc, else by its frame")
            QTest.keyClick(front, Qt.Key.Key_Escape)
            if isValid(front) and front.isVisible():
                front.close()
            if isValid(front) and front.isVisible():
                self.faults.tell(f"Nobody can close {said(front)}")


def main(arguments=None) -> int:
    """Run the monkey; return whether it found a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--actions", type=int, default=2000)
    parser.add_argument("--go-on", action="store_true", help="after a fault")
    parser.add_argument("--folder", type=Path, help="an empty one; by default a temporary one")
    given = parser.parse_args(arguments)
    folder = given.folder or Path(tempfile.mkdtemp(prefix="laminoscope-monkey-"))
    folder = folder.resolve()
    faulthandler.enable()
    settle_in(folder)
    app = create_application()
    app.setQuitOnLastWindowClosed(False)
    sys.setswitchinterval(SWITCH_INTERVAL)
    journal = folder / "journal.txt"
    print(f"seed {given.seed}; every action is written to {journal}", flush=True)
    begun = time.monotonic()
    world = World(folder, Random())
    with journal.open("w", encoding="utf-8") as file:
        monkey = Monkey(world, given.seed, given.actions, file, goes_on=given.go_on)
        forbid_the_rest(folder, monkey.faults.tell)
        collector = GuiGarbageCollector(app, monkey.may_collect)
        monkey.run()
        collector.stop()
    faulthandler.cancel_dump_traceback_later()
    qInstallMessageHandler(None)
    hand_over_clipboard()
    again = f"python -m tests.app.monkey --seed {given.seed} --actions {given.actions}"
    took = f"{time.monotonic() - begun:.0f} s, {time.process_time():.0f} s of processor time"
    done = f"{monkey.number} actions in {monkey.n_windows} windows, {monkey.n_faults} faults"
    print(f"{done}; {took}; again: {again}")
    if not monkey.n_faults and given.folder is None:
        shutil.rmtree(folder)
    return int(monkey.n_faults > 0)


if __name__ == "__main__":
    sys.exit(main())
