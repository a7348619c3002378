"""Read the same texts by other models or through other templates, to be compared."""

from collections.abc import Iterable
from dataclasses import replace

from laminoscope_core.errors import LaminoscopeError
from laminoscope_core.job import Cancelled, Job
from laminoscope_core.models.encoding import encode_text
from laminoscope_core.models.model import Model
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.columns import Column, Reading
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.places import Place
from laminoscope_core.sampling.prompts import RenderedPrompt, render_prompt
from laminoscope_core.sampling.reading import Reader
from laminoscope_core.sampling.vocabulary import decoded_after_text, exact_texts

__all__ = ["OtherReader"]


class OtherReader:
    """Reads columns, and keeps one other model open beside the one under study.

    Opening another lets go of the one before, so that there are never more than two in memory;
    `open_model` refuses a model that does not fit into what is free.
    """

    def __init__(self) -> None:
        self._other: Model | None = None
        self._readers: dict[tuple[Model, int, bool], Reader] = {}

    def forget(self) -> None:
        """Let go of the other model, and of what was read of any."""
        self._other = None
        self._readers = {}

    def read(
        self, model: Model, tokens: NextTokens, columns: Iterable[Column], job: Job
    ) -> NextTokens:
        """Return the tokens with a reading for every column that needs one.

        What cannot be read has a reading that says why.

        Parameters
        ----------
        model : Model
            The open model, which `tokens` is of.
        tokens : NextTokens
        columns : iterable of Column
        job : Job

        Raises
        ------
        Cancelled
            The job was cancelled.
        """
        missing = [
            column
            for column in columns
            if column.prompt < len(tokens.places)
            and not tokens.is_own(column)
            and tokens.reading(column) is None
        ]
        # model by model, so that each is opened once
        missing.sort(key=lambda column: column.model)
        kept = tuple(r for r in tokens.readings if _stands(r, tokens))
        tokens = replace(tokens, readings=kept)
        for number, column in enumerate(missing):
            part = job.part(number / len(missing), (number + 1) / len(missing))
            if tokens.reading(column) is None:
                reading = self._read(model, tokens, column, part)
                tokens = replace(tokens, readings=(*tokens.readings, reading))
        return tokens

    def _read(self, model: Model, tokens: NextTokens, column: Column, job: Job) -> Reading:
        place = tokens.places[column.prompt]
        chat = place.prompt.chat if column.chat is None else column.chat
        empty = Reading(column.prompt, column.model, chat, place.generated, column.model)
        try:
            reader = self._open(column.model, model, job.part(0.0, 0.9)) if column.model else model
            job.report(0.9, f"Reading the prompt with {reader.info.title}")
            rendered = _rendered_for(reader, model, place, chat)
            logits = self._reader(reader, column.prompt, chat).logits_after(rendered.token_ids)
            candidates = Candidates.from_logits(logits)
        except Cancelled:
            raise
        except LaminoscopeError as error:
            return replace(empty, reason=str(error))
        return replace(
            empty,
            title=reader.info.title,
            place=Place(place.prompt.model_copy(update={"chat": chat}), rendered, candidates),
            texts=() if reader.tokenizer is None else exact_texts(reader.tokenizer),
            chain=Chain((), reader.tokenizer),
        )

    def _open(self, source: str, model: Model, job: Job) -> Model:
        from laminoscope_core.models.load import open_model

        if source == model.info.source:
            return model
        if self._other is None or self._other.info.source != source:
            # the one before goes first, so that its memory can be had
            self._other = None
            self._readers = {key: kept for key, kept in self._readers.items() if key[0] is model}
            device = model.info.device
            self._other = open_model(source, device=device, dtype=model.info.dtype, job=job)
        return self._other

    def _reader(self, model: Model, prompt: int, chat: bool) -> Reader:
        """Return what has read a text's beginning, so that what is new costs its own tokens."""
        return self._readers.setdefault((model, prompt, chat), Reader(model))


def _stands(reading: Reading, tokens: NextTokens) -> bool:
    return (
        reading.prompt < len(tokens.places)
        and reading.generated == tokens.places[reading.prompt].generated
    )


def _rendered_for(reader: Model, model: Model, place: Place, chat: bool) -> RenderedPrompt:
    """Return the whole text of a place of ``model`` as ``reader`` reads it."""
    prompt = place.prompt
    rendered = render_prompt(reader, prompt.text, chat=chat, system=prompt.system)
    if not place.generated:
        return rendered
    return _going_on(rendered, reader, model, place.generated)


def _going_on(
    rendered: RenderedPrompt, reader: Model, model: Model, generated: tuple[int, ...]
) -> RenderedPrompt:
    """Append what the open model generated; to another model as text, in its own tokens."""
    if reader is model:
        ids, text = generated, ""
        if model.tokenizer is not None:
            text = decoded_after_text(model.tokenizer, generated)
    else:
        assert model.tokenizer is not None  # else the prompt could not be rendered
        assert reader.tokenizer is not None
        text = decoded_after_text(model.tokenizer, generated)
        ids = encode_text(reader.tokenizer, text, special=False).ids
    # checks that there is room in the window
    whole = render_prompt(reader, (*rendered.token_ids, *ids))
    return replace(whole, text=rendered.text + text)
