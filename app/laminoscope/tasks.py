"""Work that panels ask for by name, beyond captures and analyses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.run import requests
from laminoscope_core.run.near import NearRequest, near
from laminoscope_core.run.requests import (
    AttentionRequest,
    ComparisonRequest,
    CutsRequest,
    GenerationRequest,
)
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
        self._paced: Model | None = None
        self._altered: tuple[Model, Any, Model] | None = None
        self._table: dict[str, Callable[[Model, Any, Job, HandOut], None]] = {
            "attention": requests.attention,
            "generation": self._generate,
            "comparison": self._compare,
            "cuts": requests.cuts,
            "loops": requests.loops,
            "echo": requests.echo,
            "near": _look_up,
        }

    def run(self, name: str, model: Model, request: object, job: Job, hand_out: HandOut) -> None:
        """Do what a panel asked for; results go to ``hand_out`` under their names."""
        self._table[name](model, request, job, hand_out)

    def altered(self, model: Model, experiment: Experiment, job: Job) -> Model:
        """Return a model as an experiment alters it: the same as the last time, if nothing changed.

        So what was continued last goes on.
        """
        asked = experiment.altered
        if self._altered is None or self._altered[:2] != (model, asked):
            from laminoscope_core.run.altering import altered_model

            self._altered = model, asked, altered_model(model, experiment, job)
        return self._altered[2]

    def pace(self, model: Model, job: Job) -> float | None:
        """Return how many seconds a plain pass takes for a token; None if that was told before."""
        if self._paced is model:
            return None
        from laminoscope_core.recording.plain_pace import seconds_per_token

        self._paced = model
        return seconds_per_token(model, job)

    def prepared(self, request: Any, results: Mapping[str, Any], experiment: Experiment) -> Any:
        """Return a request as it applies to what there is now; None if it does not.

        Those that are about no prompt and no text are returned as they are.
        """
        if isinstance(request, NearRequest):
            return request, experiment.inside
        if isinstance(request, AttentionRequest):
            return replace(request, section=experiment.inside)
        if not isinstance(request, (GenerationRequest, ComparisonRequest, CutsRequest)):
            return request
        tokens = results.get("prompts")
        if tokens is None or request.tokens is None or tokens.token_ids != request.tokens.token_ids:
            return None
        if isinstance(request, CutsRequest):
            return replace(request, tokens=tokens)
        if isinstance(request, ComparisonRequest):
            return replace(request, tokens=replace(tokens, readings=request.tokens.readings))
        applied, compared = results.get("continuation"), results.get("comparison")
        return replace(
            request,
            tokens=tokens,
            params=request.params if applied is None else applied.params,
            columns=request.columns if compared is None else compared.params.columns,
        )

    def make_room(self) -> None:
        """Let go of the model that is open beside the one under study."""
        self._others.forget()

    def forget(self) -> None:
        """Let go of the models that were used last."""
        self._continuation = self._altered = self._paced = None
        self._others.forget()

    def _generate(self, model: Model, request: Any, job: Job, hand_out: HandOut) -> None:
        self._continuation = requests.write(
            model, request, job, hand_out, self._continuation, self._others
        )

    def _compare(self, model: Model, request: Any, job: Job, hand_out: HandOut) -> None:
        requests.read_columns(model, request, job, hand_out, self._others)


def _look_up(model: Model, asked: Any, job: Job, hand_out: HandOut) -> None:
    request, section = asked
    near(model, request, job, hand_out, section)
