"""Work that panels ask for by name, beyond captures and analyses."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.run import requests
from laminoscope_core.sampling.others import OtherReader

if TYPE_CHECKING:
    from laminoscope_core.sampling import Continuation

__all__ = ["Tasks"]

HandOut = Callable[[str, object], None]


class Tasks:
    """A table of tasks; it keeps the cache of the text that was continued last.

    It also keeps the model open that the one under study is compared with.
    """

    def __init__(self) -> None:
        self._continuation: Continuation | None = None
        self._others = OtherReader()
        self._table: dict[str, Callable[[Model, Any, Job, HandOut], None]] = {
            "generation": self._generate,
            "comparison": self._compare,
            "loops": requests.loops,
            "echo": requests.echo,
        }

    def run(self, name: str, model: Model, request: object, job: Job, hand_out: HandOut) -> None:
        """Do what a panel asked for; results go to ``hand_out`` under their names."""
        self._table[name](model, request, job, hand_out)

    def forget(self) -> None:
        """Let go of the models that were used last."""
        self._continuation = None
        self._others.forget()

    def _generate(self, model: Model, request: Any, job: Job, hand_out: HandOut) -> None:
        self._continuation = requests.write(
            model, request, job, hand_out, self._continuation, self._others
        )

    def _compare(self, model: Model, request: Any, job: Job, hand_out: HandOut) -> None:
        requests.compare(model, request, job, hand_out, self._others)
