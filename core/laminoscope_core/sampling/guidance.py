"""Reads the second prompts of a chain, each with the same text behind it.

Every second prompt has a key/value cache of its own, so that a token of the text costs one more
token of the model; going back or branching costs what differs.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.models.model import Model
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.prompts import render_prompt
from laminoscope_core.sampling.reading import Reader

__all__ = ["GuideReader", "second_prompts"]


def second_prompts(chain: Chain) -> tuple[str, ...]:
    """Return the second prompts that a chain needs, each once.

    Examples
    --------
    >>> second_prompts(Chain.from_list([{"sampler": "guidance", "prompt": "Rain", "scale": 2}]))
    ('Rain',)
    """
    wanted = (
        str(link.parameters["prompt"])
        for link in chain.links
        if link.name == "guidance" and not link.is_off
    )
    return tuple(dict.fromkeys(wanted))


class GuideReader:
    """Gives the logits after second prompts; not for use by several threads at a time.

    Second prompts are read as they stand, with the tokenizer's start token and without the chat
    template.

    Parameters
    ----------
    model : Model
    """

    def __init__(self, model: Model) -> None:
        self._model = model
        self._known: dict[str, tuple[tuple[int, ...], Reader]] = {}

    def after(self, chain: Chain, generated: Sequence[int]) -> dict[str, NDArray[np.float32]]:
        """Return the logits, (vocabulary,), after each second prompt and a text.

        Raises
        ------
        SamplingError
            A second prompt cannot be read, or the context window is too short for it.
        """
        rows = np.asarray([generated], dtype=np.int64).reshape(1, -1)
        return {text: logits[0] for text, logits in self.after_rows(chain, rows).items()}

    def after_rows(
        self, chain: Chain, generated: NDArray[np.int64]
    ) -> dict[str, NDArray[np.float32]]:
        """Return the logits, (n_rows, vocabulary), after each second prompt and several texts.

        Parameters
        ----------
        chain : Chain
        generated : ndarray of int64, (n_rows, n_tokens)
        """
        found = {}
        for text in second_prompts(chain):
            if text not in self._known:
                ids = render_prompt(self._model, text, second=True).token_ids
                self._known[text] = ids, Reader(self._model)
            ids, reader = self._known[text]
            window, n_tokens = self._model.info.context_length, len(ids) + generated.shape[1]
            if window is not None and n_tokens > window:
                raise SamplingError(
                    f"With the second prompt the text has {n_tokens:,} tokens; the model's context "
                    f"window is {window:,}.",
                    "Shorten the second prompt, or switch guidance off.",
                )
            before = np.tile(np.asarray(ids, dtype=np.int64), (len(generated), 1))
            found[text] = reader.logits_after_rows(np.hstack((before, generated)))
        return found
