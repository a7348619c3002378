"""A text in a model, and what its blocks do with it.

Everything is reduced while the model runs: one pass over the text, and one with each set of
interventions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.inside import STATES, InsideActivations, Watched, stacked
from laminoscope_core.errors import CaptureError, ExperimentError
from laminoscope_core.experiment import InsideSection
from laminoscope_core.job import Job
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.model import Model
from laminoscope_core.recording.lens import read_lens
from laminoscope_core.recording.linear import weight_of
from laminoscope_core.recording.neighbours import nearest
from laminoscope_core.recording.plan import Forecast, forecast
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import EncodedPrompt, encode, shown_pieces
from laminoscope_core.recording.readout import Readout, readout_of
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.balance import Balance
from laminoscope_core.recording.reducers.heads import Heads, Repeats, with_repeats
from laminoscope_core.recording.reducers.ledger import Ledger
from laminoscope_core.recording.reducers.neurons import Neurons
from laminoscope_core.recording.reducers.reducer import Reducer, Setting
from laminoscope_core.recording.reducers.whole import Whole
from laminoscope_core.recording.repeated import repeated_tokens
from laminoscope_core.sampling.vocabulary import exact_texts, find_token
from laminoscope_core.text import visible_text

__all__ = ["capture_inside", "forecast_inside", "watched_tokens"]

PARTS = ("lens", "ledger", "heads", "balance", "neurons")
"""What is read of a pass, as `InsideActivations` has it."""


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
    watched = watched_tokens(model, section.watch)
    parts = Parts.of(model, watched, job)
    texts = Texts.of(model, section, watched)
    passes = [parts.read(model, texts, job.part(0.0, 0.8))]
    readings = {name: stacked([found[name] for found in passes]) for name in passes[0]}
    named = []
    if "neurons" in readings:
        writes = _written(model, readings["neurons"].ids, job.part(0.8, 1.0))
        readings["neurons"] = replace(readings["neurons"], writes=writes)
        named.append(writes)
    if "lens" in readings:
        named.append(readings["lens"].top_ids)
    return InsideActivations(
        model=model.info,
        text=section.content,
        against=section.against,
        token_ids=texts.token_ids,
        against_ids=(),
        repeated_ids=texts.repeated,
        tokens=texts.prompt.pieces,
        shown=shown_pieces(model, texts.prompt),
        watched=watched,
        states=STATES[: len(passes)],
        token_names=_names(model, named),
        missing=parts.missing,
        **{name: readings.get(name) for name in PARTS},
    )


def forecast_inside(model: Model, section: InsideSection, _sites: Sequence[str]) -> Forecast:
    """Forecast the memory of `capture_inside`, whose arguments these are, without running it.

    Raises
    ------
    ExperimentError, CaptureError
        As `capture_inside`.
    """
    parts = Parts.of(model, watched_tokens(model, section.watch), Job())
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
    def of(cls, model: Model, watched: Watched, job: Job) -> "Parts":
        """Return the parts that a model has."""
        setting = Setting(model, layout_of(model.hf, job), ())
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
            if watched.n:
                add("ledger", Ledger(readout, watched.ids))
            else:
                missing["ledger"] = "no token is watched"
        add("heads", Heads())
        add("balance", Balance())
        add("neurons", Neurons())
        return cls(reducers, missing, readout)

    def read(self, model: Model, texts: "Texts", job: Job) -> dict[str, Any]:
        """Run the model over a text once, and return what was kept by name of the part.

        The random sequences are run beside it.
        """
        reducers = list(self.reducers.values())
        found = record(model, [texts.token_ids], reducers, job=job.part(0.0, 0.4))
        kept = {name: found[reducer] for name, reducer in self.reducers.items()}
        readings = {name: reading for name, reading in kept.items() if name in PARTS}
        if self.readout is not None:
            first, later = kept["entering"].array("resid_in", 0), kept["leaving"].array("resid_out")
            streams = np.concatenate([first[None], later])[:, 0]
            rest = job.part(0.4, 0.8)
            readings["lens"] = read_lens(model, self.readout, streams, texts.watched.ids, rest)
        if "heads" in readings:
            readings["heads"] = readings["heads"][0]
            if texts.repeated:
                again = Repeats(texts.length)
                mean = record(model, texts.repeated, [again], job=job.part(0.8, 1.0))[again]
                n = len(texts.repeated) * texts.length
                readings["heads"] = with_repeats(readings["heads"], mean, n)
        return readings


@dataclass(frozen=True, eq=False)
class Texts:
    """What the model reads.

    Attributes
    ----------
    prompt : EncodedPrompt
        The text.
    watched : Watched
    repeated : tuple of tuple of int
        Random sequences whose end is read twice.
    length : int
        How many tokens are read twice.
    """

    prompt: EncodedPrompt
    watched: Watched
    repeated: tuple[tuple[int, ...], ...]
    length: int

    @classmethod
    def of(cls, model: Model, section: InsideSection, watched: Watched) -> "Texts":
        """Return what a section asks for, as the model reads it."""
        prompt, asked = encode(model, section.content), section.induction
        if asked is None:
            return cls(prompt, watched, (), 0)
        repeated = repeated_tokens(model, asked.sequences, asked.length, asked.seed)
        return cls(prompt, watched, repeated, asked.length)

    @property
    def token_ids(self) -> tuple[int, ...]:
        """Of the text."""
        return self.prompt.token_ids


def _written(model: Model, neurons: NDArray[np.int64], job: Job) -> NDArray[np.int64]:
    """Return the token that each neuron writes, −1 for none.

    Parameters
    ----------
    model : Model
    neurons : int64 array (n_states, n_layers, n_tokens, n_largest)
    job : Job
    """
    layout, written = layout_of(model.hf), np.full_like(neurons, -1)
    n_layers = neurons.shape[1]
    for layer in range(n_layers):
        own = neurons[:, layer].copy()
        different, index = np.unique(own[own >= 0], return_inverse=True)
        if not len(different):
            continue
        (tap,) = layout.source("neurons", layer).taps
        weight = weight_of(tap.module)
        assert weight is not None
        rows = weight[:, different.tolist()].T.float().cpu().numpy()
        part = job.part(layer / n_layers, (layer + 1) / n_layers)
        try:
            best = nearest(model, rows, 1, job=part).ids[:, 0]
        except CaptureError:  # without an unembedding as wide as the stream nothing is near
            break
        own[own >= 0] = best[index]
        written[:, layer] = own
    return written


def _names(model: Model, named: Sequence[NDArray[np.int64]]) -> dict[str, str]:
    """Return the texts of all tokens that are named, by id."""
    texts = () if model.tokenizer is None else exact_texts(model.tokenizer)
    ids = {token for tokens in named for token in np.unique(tokens).tolist() if token >= 0}
    return {str(each): texts[each] if each < len(texts) else "" for each in sorted(ids)}
