"""The window on its page of continuations: what several files of tests begin with."""

from laminoscope import layouts

TASK = next(task for task in layouts.TASKS if task.id == "continuation")


def settle(qtbot, window):
    """Wait until no job runs and all is drawn."""
    qtbot.wait_until(lambda: not window.controller.busy() and window.updates.idle(), timeout=60_000)
