"""Over a text: which of several chains would have cut the token that really stood there.

One pass of the model reads the text.  At each token the logits are sorted where they are, on the
model's device, a few tokens at a time, and every chain is applied to the sorted candidates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.job import Job
from laminoscope_core.models.model import Model
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.reducer import Batch, Kept, Need, Setting
from laminoscope_core.recording.store import Store
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.cuts import NO_GUIDANCE, Cuts
from laminoscope_core.sampling.guidance import second_prompts
from laminoscope_core.sampling.named import NamedChain
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.vocabulary import exact_texts

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["read_cuts"]

_FOUND = ("raw", "rank")
_BY_CHAIN = ("probability", "kept", "removed_by")


def read_cuts(
    model: Model,
    texts: Sequence[Sequence[int]],
    chains: Sequence[NamedChain],
    job: Job | None = None,
) -> tuple[Cuts, ...]:
    """Read texts once, and say of every token what each chain would have left of it.

    Parameters
    ----------
    model : Model
    texts : sequence of sequence of int
        Token ids; the prompt's own and what follows it.
    chains : sequence of NamedChain
        With their samplers written out.
    job : Job, optional
        Told of every block of tokens; cancels it.

    Returns
    -------
    tuple of Cuts
        One a text, numbered from 0.

    Raises
    ------
    CaptureError
        A text is empty, too long, or does not fit into memory.
    SamplingError
        A chain is not valid, or the logits are not usable.
    """
    bound, reasons = [], []
    for named in chains:
        chain = Chain.from_list(named.samplers, model.tokenizer)
        reason = NO_GUIDANCE if second_prompts(chain) else _unusable(chain)
        reasons.append(reason)
        bound.append(None if reason else chain)
    reducer = _Cutting(tuple(bound))
    found = record(model, [tuple(text) for text in texts], [reducer], job=job)[reducer]
    known = () if model.tokenizer is None else exact_texts(model.tokenizer)
    return tuple(
        Cuts(
            prompt=number,
            chains=tuple(chains),
            token_ids=tuple(int(token) for token in text),
            tokens=tuple(known[t] if t < len(known) else "" for t in map(int, text)),
            reasons=tuple(reasons),
            **arrays,
        )
        for number, (text, arrays) in enumerate(zip(texts, found, strict=True))
    )


def _unusable(chain: Chain) -> str:
    """Return why a chain cannot be applied to anything; empty if it can."""
    try:
        chain.apply([0.0, 1.0], [0])
    except SamplingError as error:
        return error.message
    return ""


@dataclass(frozen=True, eq=False)
class _Cutting:
    """Keeps of each token its rank and probability, and what every chain leaves of it."""

    chains: tuple[Chain | None, ...]
    layers: ClassVar[Sequence[int] | None] = None

    def needs(self, setting: Setting) -> list[Need]:  # noqa: ARG002
        """Return one need: the logits, in blocks."""
        by_chain = {"token": 0, "chain": len(self.chains)}
        keeps = {
            "raw": Kept({"token": 0}, "float64"),
            "rank": Kept({"token": 0}, "int64"),
            "probability": Kept(by_chain, "float64"),
            "kept": Kept(by_chain, "float64"),
            "removed_by": Kept(by_chain, "int64"),
        }
        return [Need(None, ("logits",), keeps, by_block=True)]

    def reduce(
        self,
        need: Need,
        values: "Mapping[str, Tensor]",
        batch: Batch,
    ) -> "dict[str, Tensor]":
        """Return what stands at each position about the token after it."""
        import torch

        logits = values["logits"]
        n_prompts, n_tokens = logits.shape[:2]
        found = {
            name: np.zeros(
                (n_prompts, n_tokens, *([len(self.chains)] if name in _BY_CHAIN else [])),
                dtype=kept.dtype,
            )
            for name, kept in need.keeps.items()
        }
        for row in range(n_prompts):
            tokens = batch.token_ids[row, : batch.lengths[row]].tolist()
            last = min(n_tokens, len(tokens) - 1 - batch.first)
            if last <= 0:
                continue
            # stable: ties stand by rising id, as candidates do
            ordered, ids = torch.sort(
                logits[row, :last].float(), dim=-1, descending=True, stable=True
            )
            scores = ordered.cpu().numpy().astype(np.float64)
            for at, (score, order) in enumerate(zip(scores, ids.cpu().numpy(), strict=True)):
                history = tokens[: batch.first + at + 1]
                following = tokens[batch.first + at + 1]
                for name, value in self._token(score, order, history, following).items():
                    found[name][row, at] = value
        return {name: torch.from_numpy(array) for name, array in found.items()}

    def result(self, store: Store, setting: Setting) -> list[dict[str, NDArray[Any]]]:
        """Return the arrays of each text, at the token that was predicted."""
        after = {name: store.array(name, None) for name in (*_FOUND, *_BY_CHAIN)}
        texts = []
        for index, prompt in enumerate(setting.prompts):
            count = len(prompt.token_ids)
            arrays = {}
            for name, array in after.items():
                nothing = np.nan if array.dtype.kind == "f" else -1
                shifted = np.full((count, *array.shape[2:]), nothing, dtype=array.dtype)
                shifted[1:] = array[index, : count - 1]
                arrays[name] = shifted.T.copy()
            texts.append(arrays)
        return texts

    def _token(
        self,
        score: NDArray[np.float64],
        order: NDArray[np.int64],
        history: list[int],
        following: int,
    ) -> dict[str, object]:
        if not np.isfinite(score[0]):
            Candidates.from_logits(score)  # says what is wrong
        raw = Candidates(order, score, 0, order.size)
        place = int(np.flatnonzero(order == following)[0])
        left = [_left(chain, raw, history, following) for chain in self.chains]
        probability, kept, removed_by = zip(*left, strict=True) if left else ((), (), ())
        return {
            "raw": raw.probabilities[place],
            "rank": place + 1,
            "probability": probability,
            "kept": kept,
            "removed_by": removed_by,
        }


def _left(
    chain: Chain | None, raw: Candidates, history: list[int], token: int
) -> tuple[float, float, int]:
    """Return a token's probability over all seeds, how often it is left, and what removes it."""
    if chain is None:
        return np.nan, np.nan, -1
    probability = kept = 0.0
    removed_by, most = -1, 0.0
    for way in chain.possibilities(raw, history):
        final = way.stages.final
        there = np.flatnonzero(final.ids == token)
        if there.size:
            probability += way.weight * float(final.probabilities[there[0]])
            kept += way.weight
        elif way.weight > most:
            most = way.weight
            removed_by = next(
                number for number, stage in enumerate(way.stages) if token not in stage.ids
            )
    return probability, min(kept, 1.0), removed_by
