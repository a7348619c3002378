"""A text in a model, and what its blocks do with it.

Everything is reduced while the model runs: one pass over the text, and one with each set of
interventions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from laminoscope_core.analysis.inside import STATES, InsideActivations, Watched, stacked
from laminoscope_core.errors import CaptureError, ExperimentError
from laminoscope_core.experiment import InsideSection
from laminoscope_core.job import Job
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.model import Model
from laminoscope_core.recording.lens import read_lens
from laminoscope_core.recording.plan import Forecast, forecast
from laminoscope_core.recording.prompts import encode, shown_pieces
from laminoscope_core.recording.readout import Readout, readout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.reducer import Reducer
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.sampling.vocabulary import exact_texts, find_token
from laminoscope_core.text import visible_text

__all__ = ["capture_inside", "forecast_inside", "watched_tokens"]


def capture_inside(
    model: Model, section: InsideSection, _sites: Sequence[str], job: Job
) -> InsideActivations:
    """Capture what the blocks do with a text.

    Parameters
    ----------
    model : Model
        With a tokenizer.
    section : InsideSection
        The text and what is asked of it.
    _sites : sequence of str
        None; the parts below say what they need.
    job : Job
        Told of every layer; can be cancelled there.

    Raises
    ------
    ExperimentError
        A watched text is not one token.
    CaptureError
        The text has no tokens or more than the context window.
    """
    prompt = encode(model, section.content)
    watched = watched_tokens(model, section.watch)
    parts = Parts.of(model, job)
    passes = [parts.read(model, prompt.token_ids, watched, job)]
    readings = {name: stacked([found[name] for found in passes]) for name in passes[0]}
    return InsideActivations(
        model=model.info,
        text=section.content,
        against=section.against,
        token_ids=prompt.token_ids,
        against_ids=(),
        repeated_ids=(),
        tokens=prompt.pieces,
        shown=shown_pieces(model, prompt),
        watched=watched,
        states=STATES[: len(passes)],
        token_names=_names(model, readings),
        missing=parts.missing,
        lens=readings.get("lens"),
    )


def forecast_inside(model: Model, section: InsideSection, _sites: Sequence[str]) -> Forecast:
    """Forecast the memory of `capture_inside`, whose arguments these are, without running it.

    Raises
    ------
    ExperimentError, CaptureError
        As `capture_inside`.
    """
    parts = Parts.of(model, Job())
    return forecast(model, [section.content], list(parts.reducers.values()))


def watched_tokens(model: Model, texts: Sequence[str]) -> Watched:
    """Return the tokens of texts of one token each.

    Raises
    ------
    ExperimentError
        A text is several tokens, which are named, or none.
    """
    if texts and model.tokenizer is None:
        raise ExperimentError(f"{model.info.title} has no tokenizer, so it has no token to watch.")
    ids = []
    for text in texts:
        assert model.tokenizer is not None
        token, n_tokens = find_token(model.tokenizer, text)
        if n_tokens != 1:
            own = encode_text(model.tokenizer, text, special=False).names
            names = ", ".join(f"“{visible_text(name, limit=40)}”" for name in own)
            raise ExperimentError(
                f"The watched text “{visible_text(text, limit=40)}” is {n_tokens} tokens: {names}.",
                "Watch texts of one token each, with the space before them.",
            )
        ids.append(token)
    return Watched(tuple(texts), tuple(ids))


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
    def of(cls, model: Model, job: Job) -> "Parts":
        """Return the parts that a model has."""
        reducers: dict[str, Reducer[Any]] = {}
        missing: dict[str, str] = {}
        try:
            readout: Readout | None = readout_of(model, job)
            reducers["entering"] = Whole(("resid_in",), (0,))
            reducers["leaving"] = Whole(("resid_out",))
        except CaptureError as error:
            readout = None
            missing["lens"] = error.message
        return cls(reducers, missing, readout)

    def read(
        self, model: Model, token_ids: Sequence[int], watched: Watched, job: Job
    ) -> dict[str, Any]:
        """Run the model over a text once, and return what was kept by name of the part."""
        found = record(model, [token_ids], list(self.reducers.values()), job=job.part(0.0, 0.5))
        readings: dict[str, Any] = {}
        if self.readout is not None:
            entering, leaving = found[self.reducers["entering"]], found[self.reducers["leaving"]]
            streams = np.stack([entering.array("resid_in", 0), *leaving.array("resid_out")])[:, 0]
            rest = job.part(0.5, 1.0)
            readings["lens"] = read_lens(model, self.readout, streams, watched.ids, rest)
        return readings


def _names(model: Model, readings: Mapping[str, Any]) -> dict[str, str]:
    """Return the texts of all tokens that readings name, by id."""
    texts = () if model.tokenizer is None else exact_texts(model.tokenizer)
    ids: set[int] = set()
    if "lens" in readings:
        ids.update(np.unique(readings["lens"].top_ids).tolist())
    return {str(each): texts[each] if each < len(texts) else "" for each in sorted(ids)}
