"""Continue one prompt from the command line: the text as it comes, and the answer as data."""

import math
from collections.abc import Iterator
from typing import Any

from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Continuation, Node
from laminoscope_core.sampling.prompts import RenderedPrompt
from laminoscope_core.sampling.rules import could_not_be_applied
from laminoscope_core.sampling.vocabulary import exact_texts

__all__ = ["describe", "pieces", "unapplied"]


def pieces(continuation: Continuation, nodes: Iterator[Node]) -> Iterator[tuple[Node, str]]:
    """Yield every node with the text that it adds; whole characters only, the rest at the end."""
    shown, node = "", continuation.root
    for node in nodes:
        text = continuation.text(node)
        whole = text.rstrip("\ufffd")
        yield node, whole[len(shown) :]
        shown = whole
    yield node, continuation.text(node)[len(shown) :]


def unapplied(continuation: Continuation, node: Node) -> tuple[str, ...]:
    """Return why rules could not be applied where a node was chosen; empty where all were."""
    if node.parent is None or node.chain is None:
        return ()
    if all(link.name != "rule" for link in node.chain.links):
        return ()
    stages = continuation.stages(node.parent, node.chain, node.seed)
    return tuple(stage.reason for stage in stages if could_not_be_applied(stage.reason))


def describe(
    continuation: Continuation, prompt: RenderedPrompt, node: Node, chain: Chain, seed: int
) -> dict[str, Any]:
    """Return a continuation as JSON-able data: every token with how it was chosen."""
    model = continuation.model
    texts = () if model.tokenizer is None else exact_texts(model.tokenizer)

    def token(number: int) -> dict[str, Any]:
        return {"id": number, "text": texts[number] if number < len(texts) else ""}

    def chosen(step: Node) -> dict[str, Any]:
        assert step.token is not None
        assert step.choice is not None
        how = step.choice
        alternatives = zip(how.alternatives, how.alternative_probabilities, strict=True)
        return {
            **token(step.token),
            "probability": how.probability,
            "raw_probability": how.raw_probability,
            "raw_rank": how.raw_rank,
            "entropy": how.entropy,
            "u": None if math.isnan(how.u) else how.u,
            "alternatives": [{**token(int(i)), "probability": float(p)} for i, p in alternatives],
        }

    return {
        "model": model.info.source,
        "prompt": prompt.text,
        "prompt_ids": list(prompt.token_ids),
        "chain": chain.to_list(),
        "seed": seed,
        "text": continuation.text(node),
        "ended": node.ended,
        "tokens": [chosen(step) for step in node.path],
    }
