"""What is kept of a pass through a model's blocks, part by part, and why others are not."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from laminoscope_core.errors import CaptureError
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.interventions import Bound, changes_of
from laminoscope_core.recording.lens import read_lens
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.readout import Readout, readout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.balance import Balance
from laminoscope_core.recording.reducers.heads import Heads, HeadsReading, Repeats, with_repeats
from laminoscope_core.recording.reducers.ledger import Ledger
from laminoscope_core.recording.reducers.likeness import Likeness
from laminoscope_core.recording.reducers.neurons import Neurons
from laminoscope_core.recording.reducers.normalisation import Normalisation
from laminoscope_core.recording.reducers.pooled_heads import pooled
from laminoscope_core.recording.reducers.reducer import Reducer, Setting
from laminoscope_core.recording.reducers.turning import Turning
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.recording.rewriting import rewritten
from laminoscope_core.recording.rotation import rotations_of
from laminoscope_core.run.inside_texts import Texts

__all__ = ["ELSEWHERE", "PARTS", "Parts"]

PARTS = (
    "lens",
    "ledger",
    "heads",
    "likeness",
    "turning",
    "balance",
    "neurons",
    "normalisation",
    "over_texts",
    "over_random",
)
"""What is read of a pass, as `InsideActivations` has it."""


ELSEWHERE = "what is altered are tokens of the text, which other texts do not have"
"""Why there is nothing of the altered model in other texts."""


@dataclass(frozen=True, eq=False)
class Parts:
    """What is kept of a pass, by name of the part, and why others are not.

    Attributes
    ----------
    reducers : mapping of str to Reducer
    missing : mapping of str to str
    readout : Readout or None
        How the model reads its logits off the stream.
    """

    reducers: Mapping[str, Reducer[Any]]
    missing: Mapping[str, str]
    readout: Readout | None

    @classmethod
    def of(cls, model: Model, texts: Texts, job: Job) -> "Parts":
        """Return the parts that a model has, and a text is long enough for."""
        setting = Setting(model, layout_of(model.hf, job), (texts.prompt,))
        reducers: dict[str, Reducer[Any]] = {}
        missing: dict[str, str] = {}
        readout: Readout | None = None

        def add(part: str, reducer: Reducer[Any]) -> None:
            try:
                reducer.needs(setting)
            except CaptureError as error:
                missing[part] = error.message
            else:
                reducers[part] = reducer

        try:
            readout = readout_of(model, job)
        except CaptureError as error:
            missing |= dict.fromkeys(("lens", "ledger"), error.message)
        else:
            reducers["entering"] = Whole(("resid_in",), (0,))
            reducers["leaving"] = Whole(("resid_out",))
            if texts.watched.n:
                add("ledger", Ledger(readout, texts.watched.ids))
            else:
                missing["ledger"] = "no token is watched"
        add("heads", Heads())
        add("likeness", Likeness())
        try:
            add("turning", Turning(rotations_of(model, job)))
        except CaptureError as error:
            missing["turning"] = error.message
        add("balance", Balance())
        add("neurons", Neurons())
        add("normalisation", Normalisation())
        return cls(reducers, missing, readout)

    def read(
        self, model: Model, texts: Texts, bound: Sequence[Bound], everywhere: bool, job: Job
    ) -> dict[str, Any]:
        """Run the model over a text once, and return what was kept by name of the part.

        The random sequences and further texts are run beside it.

        Parameters
        ----------
        model : Model
        texts : Texts
        bound : sequence of Bound
            The interventions that are made meanwhile.
        everywhere : bool
            Whether they can be made in other texts too.
        job : Job
        """
        reducers, layout = list(self.reducers.values()), layout_of(model.hf, job)
        changes = changes_of(bound)
        with rewritten(layout, changes, job):
            found = record(model, [texts.token_ids], reducers, job=job.part(0.0, 0.4))
        kept = {name: found[reducer] for name, reducer in self.reducers.items()}
        readings = {name: reading for name, reading in kept.items() if name in PARTS}
        if self.readout is not None:
            first, later = kept["entering"].array("resid_in", 0), kept["leaving"].array("resid_out")
            streams = np.concatenate([first[None], later])[:, 0]
            rest = job.part(0.4, 0.8)
            readings["lens"] = read_lens(model, self.readout, streams, texts.watched.ids, rest)
        if "heads" in readings:
            (heads,) = readings["heads"]
            rest = job.part(0.5, 1.0) if texts.many else job.part(0.8, 1.0)
            if everywhere:
                with rewritten(layout, changes, job):
                    readings |= _elsewhere(model, texts, heads, rest)
            else:
                readings |= _nowhere_else(texts, heads)
        return readings


def _elsewhere(model: Model, texts: Texts, heads: HeadsReading, job: Job) -> dict[str, Any]:
    """Return the numbers of heads over random tokens that are read twice and further texts.

    What they do in random tokens stands among those over the text, too.
    """
    found = {"heads": heads}
    if texts.repeated:
        again, all_numbers = Repeats(texts.length), Heads()
        n_read = len(texts.repeated) * texts.length
        made = record(model, texts.repeated, [all_numbers], job=job.part(0.0, 0.1))
        random = pooled(made[all_numbers])
        with suppress(CaptureError):  # no layer shows its weights, which stands beside each number
            mean = record(model, texts.repeated, [again], job=job.part(0.1, 0.2))[again]
            found["heads"] = with_repeats(heads, mean, n_read)
            random = with_repeats(random, mean, n_read)
        found["over_random"] = random
    if texts.many:
        reducer = Heads()
        of_each = record(model, texts.many, [reducer], job=job.part(0.2, 1.0))[reducer]
        found["over_texts"] = pooled(of_each)
    return found


def _nowhere_else(texts: Texts, heads: HeadsReading) -> dict[str, Any]:
    """Return the numbers of heads where what is altered are tokens that other texts lack."""
    why = ELSEWHERE
    empty = replace(
        heads,
        value=np.full_like(heads.value, np.nan),
        n=np.zeros_like(heads.n),
        reasons=np.full(heads.reasons.shape, why),
    )
    found = {"heads": heads}
    if texts.many:
        found["over_texts"] = empty
    if texts.repeated:
        reasons = heads.reasons.astype(object)
        reasons[:, heads.metrics.index("induction_repeat")] = why
        found |= {"heads": replace(heads, reasons=reasons.astype(str)), "over_random": empty}
    return found
