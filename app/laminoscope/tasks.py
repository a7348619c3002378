"""Work that panels ask for by name, beyond captures and analyses."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.sampling import requests

if TYPE_CHECKING:
    from laminoscope_core.sampling import Continuation

__all__ = ["Tasks"]

HandOut = Callable[[str, object], None]


class Tasks:
    """A table of tasks; it keeps the cache of the text that was continued last."""

    def __init__(self) -> None:
        self._continuation: Continuation | None = None
        self._table: dict[str, Callable[[Model, Any, Job, HandOut], None]] = {
            "generation": self._generate,
            "loops": requests.loops,
            "echo": requests.echo,
        }

    def run(self, name: str, model: Model, request: object, job: Job, hand_out: HandOut) -> None:
        """Do what a panel asked for; results go to ``hand_out`` under their names."""
        self._table[name](model, request, job, hand_out)

    def forget(self) -> None:
        """Let go of the model that was used last."""
        self._continuation = None

    def _generate(self, model: Model, request: Any, job: Job, hand_out: HandOut) -> None:
        self._continuation = requests.write(model, request, job, hand_out, self._continuation)
