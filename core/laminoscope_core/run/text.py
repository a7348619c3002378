"""A running text in a model: how strongly each layer acts on each token, and what was expected.

Only lengths of vectors are kept, not the vectors: a text of thousands of tokens in a deep model
would otherwise take gigabytes.
"""

from collections.abc import Sequence

from laminoscope_core.analysis.inputs import TextActivations
from laminoscope_core.errors import CaptureError
from laminoscope_core.experiment import TextSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.plan import Forecast, forecast
from laminoscope_core.recording.probe import layout_of
from laminoscope_core.recording.prompts import shown_pieces
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.next_token import NextToken
from laminoscope_core.recording.reducers.norms import Norms

__all__ = ["TEXT_SITES", "capture_text", "forecast_text"]

TEXT_SITES = ("attn_out", "attn_added", "mlp_out", "resid_out")
"""The sites whose lengths can be studied token by token."""


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
        shown=shown_pieces(model, prompt),
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
        raise CaptureError(
            f"This model has none of {', '.join(sites)}: {missing[sites[0]]}.",
            "Choose another model.",
        )
    return present, missing
