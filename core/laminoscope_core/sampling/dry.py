"""DRY ("don't repeat yourself"): a penalty that grows with the length of a repetition.

The rule is llama.cpp's.  A breaker is a sequence of token ids that ends what counts as one
passage; a breaker given as text becomes every way in which tokens can spell it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from laminoscope_core.models.foreign import foreign_errors
from laminoscope_core.models.tokenizing import read_text
from laminoscope_core.sampling.candidates import Candidates, Outcome, in_words
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.reshaping import subtracted
from laminoscope_core.sampling.vocabulary import token_texts
from laminoscope_core.text import how_many

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerBase

__all__ = ["Breakers", "breakers_from_ids", "breakers_from_texts", "dry"]

_LARGEST_EXPONENT = 88.7228391  # ln of the largest float32: llama.cpp's guard, part of the rule
_OTHER_BREAKERS = "Give other breakers, or tokens by their ids."
_LONGEST_TAIL = 20

Tails = dict[int, tuple[tuple[int, ...], ...]]


@dataclass(frozen=True)
class Breakers:
    """Token sequences that end a passage.

    Attributes
    ----------
    tails : dict
        For every token that can begin a breaker, the token sequences that complete it; an
        empty one means that the token is a breaker by itself.
    """

    tails: Tails

    def stands_alone(self, token: int) -> bool:
        """Whether the token is a breaker by itself."""
        return () in self.tails.get(token, ())

    def limit(self, window: Sequence[int]) -> int:
        """Return the number of tokens after the nearest complete breaker, or all of them."""
        for back in range(len(window)):
            start = len(window) - 1 - back
            found = [
                len(tail)
                for tail in self.tails.get(window[start], ())
                if len(tail) <= back and tuple(window[start + 1 : start + 1 + len(tail)]) == tail
            ]
            if found:
                return back - max(found)
        return len(window)


def dry(
    received: Candidates,
    history: Sequence[int],
    *,
    multiplier: float,
    base: float,
    allowed_length: int,
    last_n: int,
    breakers: Breakers,
) -> Outcome:
    """Lower the scores of tokens that would continue a repetition.

    The token that followed an earlier occurrence of the current ending, n ≥ allowed_length
    tokens long, loses multiplier·base^(n − allowed_length).  Off at multiplier 0, base < 1 or
    last_n ≤ 0.
    """
    if multiplier == 0 or base < 1 or last_n <= 0:
        off = "multiplier = 0" if multiplier == 0 else "base < 1" if base < 1 else "last_n ≤ 0"
        return Outcome(received, f"dry: off ({off})")
    window = list(history[-last_n:])
    if len(window) <= allowed_length:
        return Outcome(
            received,
            f"dry: {how_many(len(window), 'token')} of history, no more than {allowed_length}",
        )
    limit = breakers.limit(window)
    if limit < allowed_length:
        return Outcome(
            received,
            f"dry: only {how_many(limit, 'token')} since a breaker, {allowed_length} are allowed",
        )
    lengths: dict[int, int] = {}
    for back, length in enumerate(_match_lengths(window)):
        if back and min(length, limit) >= allowed_length:
            follower = window[len(window) - back]
            lengths[follower] = max(lengths.get(follower, 0), min(length, limit))
    tokens = sorted(token for token in lengths if not breakers.stands_alone(token))
    if not tokens:
        return Outcome(received, "dry: the ending does not repeat anything")
    highest = int(_LARGEST_EXPONENT / math.log(base)) if base > 1.000001 else 0
    excess = [lengths[token] - allowed_length for token in tokens]
    exponents = np.array([min(n, highest) if highest else n for n in excess], dtype=np.float64)
    amounts = multiplier * base**exponents
    kept = subtracted(received, np.array(tokens, dtype=np.int64), amounts)
    most = int(np.argmax(amounts))
    reason = (
        f"dry: {len(tokens)} would continue a repetition, at most of "
        f"{how_many(lengths[tokens[most]], 'token')}: "
        f"− {in_words(multiplier)} × {in_words(base)}^{in_words(exponents[most])}"
        f" = {in_words(amounts[most])}"
    )
    return Outcome(kept, reason)


def breakers_from_ids(sequences: Sequence[Sequence[int]]) -> Breakers:
    """Return breakers from lists of token ids.

    Examples
    --------
    >>> breakers_from_ids([[3], [7, 8]]).limit([7, 8, 1, 2])
    2
    """
    tails: Tails = {}
    for head, *tail in sequences:
        tails[head] = (*tails.get(head, ()), tuple(tail))
    return Breakers(tails)


_spellings_of: "WeakKeyDictionary[PreTrainedTokenizerBase, dict[str, Tails]]" = WeakKeyDictionary()


def breakers_from_texts(
    texts: Sequence[str], tokenizer: "PreTrainedTokenizerBase | None"
) -> Breakers:
    """Return every way in which the tokenizer's tokens can spell the texts.

    A token that contains a text is a breaker by itself; a token that ends with the beginning
    of a text is one together with the tokens of the rest.

    Raises
    ------
    SamplingError
        There is no tokenizer.
    """
    if tokenizer is None:
        raise SamplingError(
            f"dry: breakers given as texts ({', '.join(map(repr, texts))}) need a tokenizer.",
            "Give lists of token ids instead, or none: [].",
        )
    known = _spellings_of.setdefault(tokenizer, {})
    missing = [text for text in texts if text not in known]
    if missing:
        pieces = token_texts(tokenizer)
        known.update({text: _spellings(text, pieces, tokenizer) for text in missing})
    tails: Tails = {}
    for text in texts:
        for token, rests in known[text].items():
            tails[token] = (*tails.get(token, ()), *rests)
    return Breakers(tails)


def _spellings(text: str, pieces: Sequence[str], tokenizer: "PreTrainedTokenizerBase") -> Tails:
    tails: Tails = {}
    for token, piece in enumerate(pieces):
        rests = _rests(piece, text)
        if rests:
            with foreign_errors(f"The tokenizer cannot read {text!r}", _OTHER_BREAKERS):
                tails[token] = tuple(
                    tuple(read_text(tokenizer, rest, special=False)[0][:_LONGEST_TAIL])
                    if rest
                    else ()
                    for rest in rests
                )
    return tails


def _rests(piece: str, text: str) -> list[str]:
    """What of ``text`` is left to spell after ``piece``: once for every way that it begins."""
    if text in piece:
        return [""]
    if text[0] not in piece:
        return []
    return [text[n:] for n in range(1, min(len(text), len(piece) + 1)) if piece.endswith(text[:n])]


def _match_lengths(window: Sequence[int]) -> list[int]:
    """How long the ending k tokens ago agrees with the present ending, for k = 0, 1, ….

    The Z function of the reversed window (Gusfield 1997, ch. 1).
    """
    backwards = window[::-1]
    lengths = [len(backwards)] + [0] * (len(backwards) - 1)
    left = right = 0
    for k in range(1, len(backwards)):
        n = min(right - k, lengths[k - left]) if k < right else 0
        while k + n < len(backwards) and backwards[n] == backwards[k + n]:
            n += 1
        lengths[k] = n
        if k + n > right:
            left, right = k, k + n
    return lengths
