"""A running text in a model: how strongly each layer acts on each token, and what was expected.

Only lengths of vectors are kept, not the vectors: a text of thousands of tokens in a deep model
would otherwise take gigabytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import CaptureError
from laminoscope_core.experiment import TextSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model, ModelInfo
from laminoscope_core.recording.plan import Forecast, forecast
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import EncodedPrompt
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.next_token import NextToken
from laminoscope_core.recording.reducers.norms import Norms
from laminoscope_core.text import token_bytes

__all__ = ["TEXT_SITES", "TextActivations", "capture_text", "forecast_text"]

TEXT_SITES = ("attn_out", "attn_added", "mlp_out", "resid_out")
"""The sites whose lengths can be studied token by token."""


@dataclass(frozen=True, eq=False)
class TextActivations:
    """What each token of a text activates.

    Attributes
    ----------
    model : ModelInfo
        The model that was run.
    text : str
        What was captured.
    token_ids : tuple of int
        Special tokens included.
    tokens : tuple of str
        The piece of text of each token; tokens that share a character each have it.
    shown : tuple of str
        The same, but the bytes of tokens that share a character by name, as ``⟨0xF0⟩⟨0x9F⟩``.
    special : tuple of bool
        Which tokens are none of the text's words but signs to the model, as ``</s>``.
    norms : mapping of str to float64 array (n_layers, n_tokens)
        By site: Euclidean length of each token's vector, NaN in layers without the site.
    missing : mapping of str to str
        By site that no layer has: why.
    surprisal : float64 array (n_tokens,)
        −ln of the probability that the model gave the token before it saw it, in nats; NaN for
        the first token, which nothing predicts.
    entropy : float64 array (n_tokens,)
        Of the distribution that predicted the token, in nats; NaN for the first token.
    """

    model: ModelInfo
    text: str
    token_ids: tuple[int, ...]
    tokens: tuple[str, ...]
    shown: tuple[str, ...]
    special: tuple[bool, ...]
    norms: Mapping[str, NDArray[np.float64]]
    missing: Mapping[str, str]
    surprisal: NDArray[np.float64]
    entropy: NDArray[np.float64]


def capture_text(
    model: Model,
    section: TextSection,
    sites: Sequence[str] = TEXT_SITES,
    job: Job | None = None,
) -> TextActivations:
    """Capture the norms of a text at every layer, and how expected each token was.

    Parameters
    ----------
    model : Model
        With a tokenizer.
    section : TextSection
        The text.
    sites : sequence of str
        Some of `TEXT_SITES`; one that the model does not have is left out with a reason.
    job : Job, optional
        Told of every layer; can be cancelled at every layer.

    Raises
    ------
    CaptureError
        The text has no tokens or more than the context window, or the model has none of the
        sites.
    """
    job = job or Job()
    present, missing = _present(model, sites, job)
    norms, next_token = Norms(present), NextToken()
    found = record(model, [section.content], [norms, next_token], job=job)
    (prompt,) = found.prompts
    expected = found[next_token]
    special = set() if model.tokenizer is None else set(model.tokenizer.all_special_ids)
    return TextActivations(
        model=model.info,
        text=section.content,
        token_ids=prompt.token_ids,
        tokens=prompt.pieces,
        shown=_shown(model, prompt),
        special=tuple(token_id in special for token_id in prompt.token_ids),
        norms={site: values[:, 0] for site, values in found[norms].items()},
        missing=missing,
        surprisal=expected.surprisal[0],
        entropy=expected.entropy[0],
    )


def forecast_text(
    model: Model, section: TextSection, sites: Sequence[str] = TEXT_SITES
) -> Forecast:
    """Forecast the memory of `capture_text`, whose arguments these are, without running it.

    Raises
    ------
    CaptureError
        As `capture_text`.
    """
    present, _ = _present(model, sites, Job())
    return forecast(model, [section.content], [Norms(present), NextToken()])


def _present(
    model: Model, sites: Sequence[str], job: Job
) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the sites that some layer has, and by site that none has: why."""
    blocks = layout_of(model.hf, job).blocks
    present = tuple(site for site in sites if any(site in block.sources for block in blocks))
    missing = {
        site: blocks[0].missing.get(site, "no layer has it")
        for site in sites
        if site not in present
    }
    if not present:
        raise CaptureError(f"This model has none of {', '.join(sites)}: {missing[sites[0]]}.")
    return present, missing


def _shown(model: Model, prompt: EncodedPrompt) -> tuple[str, ...]:
    """Return the pieces, those that are parts of a character as the names of their bytes."""
    if model.tokenizer is None or prompt.offsets is None:
        return prompt.pieces
    shown = list(prompt.pieces)
    offsets = prompt.offsets
    for index, (start, stop) in enumerate(offsets):
        neighbours = [offsets[other] for other in (index - 1, index + 1) if 0 <= other < len(shown)]
        if any(max(start, first) < min(stop, last) for first, last in neighbours):
            name = model.tokenizer.convert_ids_to_tokens(prompt.token_ids[index])
            values = token_bytes(str(name))
            shown[index] = "".join(f"⟨0x{value:02X}⟩" for value in values) or shown[index]
    return tuple(shown)
