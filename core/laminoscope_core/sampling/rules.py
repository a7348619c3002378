"""A sampler of one's own: a formula for which candidates stay, or for what their scores become."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.sampling.candidates import Candidates, Outcome, in_words
from laminoscope_core.sampling.expressions import Expression, ExpressionError, Values, parsed

__all__ = ["NAMES", "could_not_be_applied", "read_rule", "rule"]

NAMES = frozenset(("p", "l", "rank", "H", "p_max", "l_max", "n", "seen"))
"""What a formula is of.

Probability, logit and place (from 1) of each candidate, the entropy in nats, the best probability
and logit, how many candidates there are, and how often each stands in the text so far.
"""

_KINDS = ("keep", "logit")


def read_rule(text: str) -> tuple[str, Expression]:
    """Return what a rule sets, ``"keep"`` or ``"logit"``, and its formula.

    Raises
    ------
    ExpressionError
        It begins with neither, or the formula cannot be read.

    Examples
    --------
    >>> read_rule("keep: p >= 0.2 * p_max ** 2")[0]
    'keep'
    """
    kind, colon, formula = text.partition(":")
    if not colon or kind.strip() not in _KINDS:
        raise ExpressionError("a rule begins with “keep:” or “logit:”", 0)
    start = len(kind) + 1
    try:
        return kind.strip(), parsed(formula, NAMES)
    except ExpressionError as error:
        raise ExpressionError(error.problem, error.position + start, error.hint) from None


def rule(received: Candidates, history: Sequence[int], *, rule: str) -> Outcome:
    """Do what a formula says; off if it is empty.

    ``keep:`` says which candidates stay; if none would, the best does.  ``logit:`` gives new
    scores; −∞ removes.  A formula that gives NaN or +∞ changes nothing.

    Examples
    --------
    >>> candidates = Candidates.from_logits([0.0, 4.0, 3.0])
    >>> rule(candidates, (), rule="keep: p >= 0.05 * p_max").reason
    'rule: keeps 2 of 3, p ≥ 0.03607'
    >>> rule(candidates, (), rule="logit: l / 2").reason
    'rule: changes 2 of 3 logits, at most 4 → 2'
    """
    if not rule.strip():
        return Outcome(received, "rule: off (empty)")
    kind, formula = read_rule(rule)
    names = _names(received, history)
    found = np.broadcast_to(formula.value(names, len(received)), (len(received),))
    n_undefined = int(np.count_nonzero(np.isnan(found)))
    if n_undefined:
        reason = f"rule: no number (NaN) for {n_undefined} of {len(received)}; nothing changes"
        return Outcome(received, reason)
    if kind == "keep":
        return _keeping(received, found != 0, formula, names)
    return _rescoring(received, np.array(found, dtype=np.float64))


def could_not_be_applied(reason: str) -> bool:
    """Return whether what a rule says of itself is that its values are of no use.

    Examples
    --------
    >>> candidates = Candidates.from_logits([0.0, 4.0])
    >>> could_not_be_applied(rule(candidates, (), rule="logit: ln(-1)").reason)
    True
    """
    return reason.startswith("rule:") and reason.endswith("nothing changes")


def _keeping(
    received: Candidates,
    stay: NDArray[np.bool_],
    formula: Expression,
    names: Mapping[str, Callable[[], Values]],
) -> Outcome:
    size, count = len(received), int(np.count_nonzero(stay))
    line = _line(received, formula, names)
    if count == size:
        return Outcome(received, f"rule: keeps all {size}", line)
    if count == 0:
        return Outcome(received.prefix(1), f"rule: would keep none of {size}; the best stays", line)
    reason = f"rule: keeps {count} of {size}"
    if stay[:count].all():
        kept = received.prefix(count)
        line = float(received.probabilities[count - 1]) if line is None else line
    else:
        kept = Candidates(
            received.ids[stay], received.logits[stay], received.n_masked, received.vocabulary
        )
    if line is not None:
        reason = f"rule: keeps {count} of {size}, p ≥ {in_words(line)}"
    return Outcome(kept, reason, line)


def _rescoring(received: Candidates, logits: NDArray[np.float64]) -> Outcome:
    size = len(received)
    if (logits == np.inf).any():
        return Outcome(received, "rule: an infinite logit; nothing changes")
    if not np.isfinite(logits).any():
        return Outcome(received, f"rule: would remove all {size}; nothing changes")
    changed = logits != received.logits
    n_changed = int(np.count_nonzero(changed))
    if n_changed == 0:
        return Outcome(received, f"rule: changes none of {size} logits")
    stay = np.isfinite(logits) | ~changed
    kept = Candidates(
        received.ids[stay], received.logits[stay], received.n_masked, received.vocabulary
    ).rescored(logits[stay])
    n_gone = size - len(kept)
    if n_gone:
        return Outcome(kept, f"rule: changes {n_changed} of {size} logits, {n_gone} to −∞")
    with np.errstate(invalid="ignore"):
        most = int(np.nanargmax(np.abs(logits - received.logits)))
    change = f"{in_words(received.logits[most])} → {in_words(logits[most])}"
    return Outcome(kept, f"rule: changes {n_changed} of {size} logits, at most {change}")


def _line(
    received: Candidates, formula: Expression, names: Mapping[str, Callable[[], Values]]
) -> float | None:
    """Return the probability at which a formula ``p >= …`` or ``l >= …`` draws its line."""
    bound = formula.bound()
    if bound is None or bound[0] not in ("p", "l"):
        return None
    limit = bound[1].value(names, len(received))
    if limit.ndim or not np.isfinite(limit):
        return None
    if bound[0] == "p":
        return float(limit)
    return float(np.exp(min(0.0, float(limit) - received.log_normaliser)))


def _names(received: Candidates, history: Sequence[int]) -> Mapping[str, Callable[[], Values]]:
    def seen() -> Values:
        row = np.asarray(history, dtype=np.int64)
        counts = np.bincount(row[row < received.vocabulary], minlength=received.vocabulary)
        return counts[received.ids].astype(np.float64)

    return {
        "p": lambda: received.probabilities,
        "l": lambda: received.logits,
        "rank": lambda: np.arange(1.0, len(received) + 1),
        "H": lambda: np.asarray(received.entropy),
        "p_max": lambda: received.probabilities[:1].reshape(()),
        "l_max": lambda: received.logits[:1].reshape(()),
        "n": lambda: np.asarray(float(len(received))),
        "seen": seen,
    }
