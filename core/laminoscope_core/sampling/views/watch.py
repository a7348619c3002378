"""Watched tokens after every prompt, and one token's way through the chain."""

from collections.abc import Sequence
from dataclasses import dataclass

from laminoscope_core.sampling.compare import Watched, watched
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.stages import Stages, stage_labels

__all__ = ["WatchRow", "WayPoint", "watch_table", "way_through"]


@dataclass(frozen=True)
class WatchRow:
    """A watched text: where its first token stands after each prompt.

    Attributes
    ----------
    text : str
        What is watched.
    token : int
        Its first token; −1 if the text has none.
    n_tokens : int
        How many tokens the text takes: above 1, the rest of it is not watched.
    raw, final : tuple of Watched, one per prompt
        Among the model's candidates, and after the chain.
    """

    text: str
    token: int
    n_tokens: int
    raw: tuple[Watched, ...]
    final: tuple[Watched, ...]


@dataclass(frozen=True)
class WayPoint:
    """Where a token stands after a stage; rank 0 and probability 0 once it is removed."""

    label: str
    rank: int
    probability: float


def watch_table(
    tokens: NextTokens, stages: Sequence[Stages], texts: Sequence[str]
) -> tuple[WatchRow, ...]:
    """Return one row per watched text.

    Parameters
    ----------
    tokens : NextTokens
    stages : sequence of Stages
        What the chain does, one per prompt.
    texts : sequence of str
    """
    first = [tokens.first_token(text) for text in texts]
    ids = [token for token, _ in first]
    raw = [watched(applied.raw, ids) for applied in stages]
    final = [watched(applied.final, ids) for applied in stages]
    return tuple(
        WatchRow(
            text=text,
            token=token if n_tokens else -1,
            n_tokens=n_tokens,
            raw=tuple(places[row] for places in raw),
            final=tuple(places[row] for places in final),
        )
        for row, (text, (token, n_tokens)) in enumerate(zip(texts, first, strict=True))
    )


def way_through(stages: Stages, token: int) -> tuple[WayPoint, ...]:
    """Return where a token stands for the model, and after every stage that changed anything.

    It ends with the stage that removed the token.

    Examples
    --------
    >>> from laminoscope_core.sampling import Chain
    >>> stages = Chain.from_list([{"sampler": "top_k", "k": 1}]).apply([0.0, 1.0])
    >>> [(point.label, point.rank) for point in way_through(stages, 0)]
    [('model', 2), ('top_k', 0)]
    """
    points = []
    for label, candidates in (
        ("model", stages.raw),
        *(
            (label, stage.kept)
            for label, stage in zip(stage_labels(stages), stages, strict=True)
            if stage.kept is not stage.received
        ),
    ):
        (stand,) = watched(candidates, [token])
        points.append(WayPoint(label, stand.rank, stand.probability))
        if stand.rank == 0:
            break
    return tuple(points)
