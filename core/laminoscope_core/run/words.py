"""A word experiment's prompts: each word in its sentence, where it is, and what it activates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from laminoscope_core.analysis import direct
from laminoscope_core.analysis.inputs import WordActivations
from laminoscope_core.errors import CaptureError, ExperimentError
from laminoscope_core.experiment import WordsSection
from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.plan import Forecast, forecast
from laminoscope_core.recording.prompts import (
    EncodedPrompt,
    encode,
    offsets_by_decoding,
    shown_pieces,
)
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.rows import Rows
from laminoscope_core.recording.sites import SITES, checked_sites
from laminoscope_core.words_section import RsaSection

__all__ = ["WordPrompts", "capture_words", "forecast_words", "word_prompts"]


@dataclass(frozen=True, eq=False)
class WordPrompts:
    """The sentences of a word experiment, tokenised.

    Attributes
    ----------
    words, categories : tuple of str
        In the order of the experiment.
    sentences : tuple of str
        The carrier with each word in it.
    token_ids : tuple of tuple of int
        Of each sentence, special tokens included.
    tokens : tuple of tuple of str
        The text of each of those tokens; parts of a character are named by their bytes.
    word_tokens : int array of shape (n_words, 2)
        Range ``[start, stop)`` of the tokens that hold a character of the word.
    spans : int array of shape (n_words, n_rows, 2)
        What to keep of each sentence: row 0 the word as pooled, row 1 the context token, if
        there is one.
    context_token : str
        Text of the context token.
    no_context : str
        Why there is no context token; empty if there is one.
    """

    words: tuple[str, ...]
    categories: tuple[str, ...]
    sentences: tuple[str, ...]
    token_ids: tuple[tuple[int, ...], ...]
    tokens: tuple[tuple[str, ...], ...]
    word_tokens: npt.NDArray[np.int64]
    spans: npt.NDArray[np.int64]
    context_token: str
    no_context: str

    @property
    def pooled_ids(self) -> tuple[tuple[int, ...], ...]:
        """Each word's tokens up to the last that is pooled: words that share them are copies."""
        return tuple(
            ids[start:stop]
            for ids, (start, _), (_, stop) in zip(
                self.token_ids, self.word_tokens.tolist(), self.spans[:, 0].tolist(), strict=True
            )
        )

    @property
    def pieces(self) -> tuple[tuple[str, ...], ...]:
        """How each word was split, the merged leading space removed: ``("so", "fa")``."""
        return tuple(
            (tokens[start].lstrip(), *tokens[start + 1 : stop])
            for tokens, (start, stop) in zip(self.tokens, self.word_tokens, strict=True)
        )

    @property
    def n_tokens(self) -> tuple[int, ...]:
        """How many tokens each word has."""
        return tuple(int(stop - start) for start, stop in self.word_tokens)


def word_prompts(model: Model, section: WordsSection) -> WordPrompts:
    """Set each word into the carrier, tokenise, and find the word's tokens.

    The whole sentence is tokenised.  A token belongs to the word if it holds one of its
    characters, as the tokenizer's offsets say; a space merged into that token comes with it.
    The context token is counted after the start tokens, and must be the same before every word.

    Raises
    ------
    ExperimentError
        The tokenizer cannot say which token holds which character.
    CaptureError
        A sentence is too long for the model, or the model has no tokenizer.
    """
    before = section.carrier.index("{word}")
    sentences = tuple(section.carrier.replace("{word}", word) for word in section.words)
    encoded = [encode(model, sentence) for sentence in sentences]
    word_tokens = np.array(
        [
            _tokens_between(
                _offsets(model, sentence, prompt.token_ids, prompt.offsets),
                before,
                before + len(word),
                word,
            )
            for word, sentence, prompt in zip(section.words, sentences, encoded, strict=True)
        ]
    )
    at = _n_start_tokens(model, encoded[0]) + section.context_index
    no_context = _no_context(section, at, word_tokens)
    pooled = {
        "last": np.stack([word_tokens[:, 1] - 1, word_tokens[:, 1]], axis=1),
        "first": np.stack([word_tokens[:, 0], word_tokens[:, 0] + 1], axis=1),
        "mean": word_tokens,
    }[section.pooling]
    rows = [pooled] if no_context else [pooled, np.broadcast_to([at, at + 1], pooled.shape)]
    return WordPrompts(
        words=section.words,
        categories=section.word_categories,
        sentences=sentences,
        token_ids=tuple(prompt.token_ids for prompt in encoded),
        tokens=tuple(shown_pieces(model, prompt) for prompt in encoded),
        word_tokens=word_tokens,
        spans=np.stack(rows, axis=1),
        context_token="" if no_context else encoded[0].pieces[at],
        no_context=no_context,
    )


def capture_words(
    model: Model,
    section: WordsSection,
    sites: Sequence[str] = RsaSection().sites,
    job: Job | None = None,
    *,
    besides: Sequence[str] = direct.SITES,
) -> WordActivations:
    """Capture every word of an experiment at every layer, in every carrier sentence.

    Parameters
    ----------
    model : Model
        With a tokenizer.
    section : WordsSection
        The words, their carrier sentences and how to pool.
    sites : sequence of str
        Sites to compare; see `laminoscope_core.words_section.WordSite`.
    job : Job, optional
        Told of every layer; can be cancelled at every layer.
    besides : sequence of str
        Sites to keep besides; by default those of the direct correlation.

    Raises
    ------
    ExperimentError, CaptureError
        As `word_prompts` and `laminoscope_core.recording.record.record`.
    """
    job = job or Job()
    parts = job.parts(len(section.sentences))
    first, *others = (
        _in_carrier(model, section.of(carrier), tuple(sites), besides, part)
        for carrier, part in zip(section.sentences, parts, strict=True)
    )
    return replace(first, others=tuple(others))


def forecast_words(
    model: Model,
    section: WordsSection,
    sites: Sequence[str] = RsaSection().sites,
    *,
    besides: Sequence[str] = direct.SITES,
) -> Forecast:
    """Forecast the memory of `capture_words`, whose arguments these are, without running it.

    Raises
    ------
    ExperimentError, CaptureError
        As `word_prompts`.
    """
    sections = [section.of(carrier) for carrier in section.sentences]
    each = [
        forecast(model, prompts.token_ids, [_rows(prompts, [*sites, *besides])])
        for prompts in (word_prompts(model, one) for one in sections)
    ]
    # one after the other is run, and all are kept
    largest = max(each, key=lambda one: one.peak)
    others = sum(one.kept - one.mapped for one in each) - (largest.kept - largest.mapped)
    return replace(
        largest,
        kept=sum(one.kept for one in each),
        mapped=sum(one.mapped for one in each),
        peak=largest.peak + others * model.info.device.startswith("cpu"),
        n_batches=sum(one.n_batches for one in each),
        advice=next((one.advice for one in each if one.advice), ""),
    )


def _in_carrier(
    model: Model,
    section: WordsSection,
    sites: tuple[str, ...],
    besides: Sequence[str],
    job: Job,
) -> WordActivations:
    prompts = word_prompts(model, section)
    rows = _rows(prompts, [*sites, *besides])
    captured = record(model, prompts.token_ids, [rows], job=job)[rows]
    n_layers = captured.model.n_layers
    arrays = {site: _by_layer(captured.array(site), site, n_layers) for site in captured.sites}
    return WordActivations(
        model=captured.model,
        carrier=section.carrier,
        sites=sites,
        words=prompts.words,
        categories=prompts.categories,
        pieces=prompts.pieces,
        n_tokens=prompts.n_tokens,
        token_ids=prompts.token_ids,
        target={site: array[:, :, 0] for site, array in arrays.items()},
        context={
            site: array[:0, :, 0] if prompts.no_context else array[:, :, 1]
            for site, array in arrays.items()
        },
        context_token=prompts.context_token,
        no_context=prompts.no_context,
        pooled_ids=prompts.pooled_ids,
        unknown_id=getattr(model.tokenizer, "unk_token_id", None),
        unknown_token=getattr(model.tokenizer, "unk_token", None) or "",
    )


def _by_layer(rows: npt.NDArray[np.float32], site: str, n_layers: int) -> npt.NDArray[np.float32]:
    """Return rows with a leading axis of layers, the same in each where the site has none."""
    if SITES[site].by_layer:
        return rows
    return np.broadcast_to(rows, (n_layers, *rows.shape))


def _rows(prompts: WordPrompts, sites: Sequence[str]) -> Rows:
    return Rows(checked_sites(sites), spans=prompts.spans)


def _n_start_tokens(model: Model, prompt: EncodedPrompt) -> int:
    """Return how many tokens stand before the text, added by the tokenizer or written out."""
    special = set(getattr(model.tokenizer, "all_special_ids", ()))
    special.discard(getattr(model.tokenizer, "unk_token_id", None))
    n = prompt.n_added
    while n < len(prompt.token_ids) and prompt.token_ids[n] in special:
        n += 1
    return n


def _no_context(section: WordsSection, at: int, word_tokens: npt.NDArray[np.int64]) -> str:
    """Return why the token at a position is not the same before all words, or nothing."""
    first = int(np.argmin(word_tokens[:, 0]))
    if at < word_tokens[first, 0]:
        return ""
    return (
        f"there is no token {section.context_index} before the word “{section.words[first]}”;"
        " choose an earlier token or a longer carrier sentence"
    )


def _offsets(
    model: Model,
    sentence: str,
    token_ids: tuple[int, ...],
    offsets: tuple[tuple[int, int], ...] | None,
) -> tuple[tuple[int, int], ...]:
    if offsets is not None:
        return offsets
    if model.tokenizer is None:
        raise CaptureError(
            f"The model {model.info.title} has no tokenizer.", "Open a model with a tokenizer."
        )
    found = offsets_by_decoding(model.tokenizer, sentence, token_ids)
    if found is None:
        raise ExperimentError(
            f"The tokenizer {model.info.tokenizer} cannot say which tokens hold which characters "
            f"of {sentence!r}.",
            "Use a model with a fast tokenizer.",
        )
    return found


def _tokens_between(
    offsets: tuple[tuple[int, int], ...], start: int, stop: int, word: str
) -> tuple[int, int]:
    inside = [i for i, (a, b) in enumerate(offsets) if a < b and a < stop and b > start]
    if not inside:
        raise ExperimentError(
            f"The tokenizer leaves nothing of the word {word!r}.",
            "Replace the word, or open another model.",
        )
    return inside[0], inside[-1] + 1
