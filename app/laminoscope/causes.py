"""When what messages are about has gone."""

from collections.abc import Callable
from functools import partial

from laminoscope.message_bar import Cause
from laminoscope.parts import Parts

__all__ = ["follow_causes"]


def follow_causes(parts: Parts) -> None:
    """Let the messages of a window go when their cause has gone.

    Whoever opens, writes or keeps something says so by `MessageBar.settle` itself.
    """
    controller, shown = parts.controller, parts.pages.shown
    for cause, signals in {
        Cause.FORMS: (parts.forms.changed, controller.run_began, shown),
        Cause.RUN: (controller.run_began,),
        Cause.RESULTS: (controller.run_ended, shown),
        Cause.PLACE: (shown,),
    }.items():
        for signal in signals:
            signal.connect(partial(_settle, parts.messages.settle, cause))


def _settle(settle: Callable[[Cause], None], cause: Cause, *_: object) -> None:
    settle(cause)
