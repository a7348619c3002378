"""The table of samplers: names, parameters with ranges, and the function behind each.

Chains are validated against it and a panel builds its cards from it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from laminoscope_core.sampling import (
    by_shape,
    choosing,
    dry,
    filters,
    guiding,
    repeats,
    reshaping,
    rules,
)
from laminoscope_core.sampling.candidates import Outcome
from laminoscope_core.sampling.parameters import DEFAULT_BREAKERS, Parameter

__all__ = ["SAMPLERS", "Needs", "Sampler"]

_LARGEST_INT = 2**31 - 1


class Needs(Enum):
    """What a sampler's function takes besides the candidates and its parameters."""

    NOTHING = "nothing"
    HISTORY = "history"
    TURN = "turn"
    GUIDES = "guides"


@dataclass(frozen=True)
class Sampler:
    """A sampler: what it is called, what it can be told, what it does.

    Attributes
    ----------
    name : str
        As in chains and files.
    title : str
        For people.
    help : str
        One sentence.
    parameters : tuple of Parameter
        In the order in which to show them.
    function : callable
        ``function(received, [history | turn | guides], **parameters) -> Outcome``.
    needs : Needs
        What the second argument is.
    chooses : bool
        Whether it draws the token itself, so that nothing after it acts.
    """

    name: str
    title: str
    help: str
    parameters: tuple[Parameter, ...]
    function: Callable[..., Outcome]
    needs: Needs = Needs.NOTHING
    chooses: bool = False


def _real(
    name: str,
    default: float,
    minimum: float,
    maximum: float,
    usual: tuple[float, float],
    help: str,
) -> Parameter:
    return Parameter(name, "float", default, minimum, maximum, usual, help)


def _whole(name: str, default: int, minimum: int, most: int, help: str) -> Parameter:
    usual = (float(max(minimum, 0)), float(most))
    return Parameter(name, "int", default, minimum, _LARGEST_INT, usual, help)


def _text(name: str, help: str, reads: Callable[[str], object] | None = None) -> Parameter:
    return Parameter(name, "text", "", 0, 0, (0, 0), help, reads)


_LAST_N = _whole(
    "last_n", 64, -1, 1024, "How many of the latest tokens are looked at; 0 or -1 is off."
)
_MIN_KEEP = _whole("min_keep", 0, 0, 20, "How many candidates stay whatever the rule says.")
_TAU = _real("tau", 5.0, 0.0, 100.0, (0, 10), "The surprise to aim for, in bits per token.")
_ETA = _real("eta", 0.1, 0.0, 1.0, (0, 1), "How fast the limit follows past surprises.")
_TEMPERATURE = _real(
    "temperature", 1.0, 0.0, 1000.0, (0, 2), "Below 1 sharpens, above 1 flattens, 0 is greedy."
)

_TABLE = (
    Sampler(
        "penalties",
        "Penalties",
        "Makes tokens that were seen lately less likely.",
        (
            _LAST_N,
            _real("repeat", 1.0, 0.01, 1000.0, (1, 2), "Divides or multiplies seen logits."),
            _real("frequency", 0.0, -100.0, 100.0, (0, 2), "Subtracted once per occurrence."),
            _real("presence", 0.0, -100.0, 100.0, (0, 2), "Subtracted once if seen at all."),
        ),
        reshaping.penalties,
        Needs.HISTORY,
    ),
    Sampler(
        "dry",
        "DRY",
        "Makes tokens that would continue a repetition less likely, more so the longer it is.",
        (
            _real("multiplier", 0.0, 0.0, 1000.0, (0, 5), "Strength; 0 is off."),
            _real("base", 1.75, 0.0, 100.0, (1, 4), "Growth with each repeated token."),
            _whole("allowed_length", 2, 0, 20, "Repetitions shorter than this are free."),
            _LAST_N,
            Parameter(
                "breakers",
                "breakers",
                DEFAULT_BREAKERS,
                0,
                0,
                (0, 0),
                "Texts, or lists of token ids, across which nothing counts as repeated.",
            ),
        ),
        dry.dry,
        Needs.HISTORY,
    ),
    Sampler(
        "top_n_sigma",
        "Top-nσ",
        "Keeps logits within n standard deviations of the best.",
        (_real("n", 1.0, -1.0, 1000.0, (0, 5), "How many deviations; 0 or less is off."),),
        filters.top_n_sigma,
    ),
    Sampler(
        "top_k",
        "Top-k",
        "Keeps the k best candidates.",
        (_whole("k", 40, -1, 200, "How many; 0 or -1 is off."),),
        filters.top_k,
    ),
    Sampler(
        "typical_p",
        "Typical-p",
        "Keeps the tokens whose surprise is nearest to what is expected.",
        (_real("p", 1.0, 0.0, 1.0, (0, 1), "Probability to collect; 1 is off."), _MIN_KEEP),
        filters.typical_p,
    ),
    Sampler(
        "top_p",
        "Top-p",
        "Keeps the best candidates that together reach probability p.",
        (_real("p", 0.95, 0.0, 1.0, (0, 1), "Probability to collect; 1 is off."), _MIN_KEEP),
        filters.top_p,
    ),
    Sampler(
        "min_p",
        "Min-p",
        "Drops tokens less probable than a fraction of the best.",
        (
            _real("p", 0.05, 0.0, 10.0, (0, 1), "The fraction; 0 is off, above 1 is greedy."),
            _MIN_KEEP,
        ),
        filters.min_p,
    ),
    Sampler(
        "xtc",
        "XTC",
        "Now and then drops all probable tokens but the least likely of them.",
        (
            _real("probability", 0.0, 0.0, 1.0, (0, 1), "How often it acts; 0 is off."),
            _real("threshold", 0.1, 0.0, 1.0, (0, 0.5), "What counts as probable."),
            _MIN_KEEP,
        ),
        choosing.xtc,
        Needs.TURN,
    ),
    Sampler(
        "temperature",
        "Temperature",
        "Sharpens or flattens the distribution.",
        (_TEMPERATURE,),
        reshaping.temperature,
    ),
    Sampler(
        "dynamic_temperature",
        "Dynamic temperature",
        "Takes a higher temperature where the model is less certain.",
        (
            _TEMPERATURE,
            _real("range", 0.0, 0.0, 1000.0, (0, 2), "How far it may move either way."),
            _real("exponent", 1.0, 0.0, 100.0, (0, 4), "Above 1 stays low for longer."),
        ),
        reshaping.dynamic_temperature,
    ),
    Sampler(
        "mirostat",
        "Mirostat",
        "Cuts so that the surprise stays near a target, and chooses the token.",
        (_TAU, _ETA),
        choosing.mirostat,
        Needs.TURN,
        chooses=True,
    ),
    Sampler(
        "mirostat_v2",
        "Mirostat 2",
        "Drops tokens above a moving limit of surprise, and chooses the token.",
        (_TAU, _ETA),
        choosing.mirostat_v2,
        Needs.TURN,
        chooses=True,
    ),
    Sampler(
        "adaptive_p",
        "Adaptive-p",
        "Favours tokens near a target probability, corrected by past choices, and chooses one.",
        (
            _real("target", -1.0, -1.0, 1.0, (0, 1), "Probability to aim for; < 0 is off."),
            _real("decay", 0.9, 0.0, 0.99, (0, 0.99), "How long past choices count."),
        ),
        choosing.adaptive_p,
        Needs.TURN,
        chooses=True,
    ),
    Sampler(
        "epsilon_cutoff",
        "Epsilon cutoff",
        "Drops tokens below a fixed probability.",
        (_real("epsilon", 0.0, 0.0, 1.0, (0, 0.01), "The probability; 0 is off."), _MIN_KEEP),
        filters.epsilon_cutoff,
    ),
    Sampler(
        "eta_cutoff",
        "Eta cutoff",
        "Drops tokens below a probability that falls with the entropy.",
        (
            _real("epsilon", 0.0, 0.0, 1.0, (0, 0.01), "Scale of the line; 0 is off."),
            _MIN_KEEP,
        ),
        filters.eta_cutoff,
    ),
    Sampler(
        "top_h",
        "Top-h",
        "Keeps the best candidates that carry a given share of the entropy, 100 at most.",
        (_real("h", 0.0, 0.0, 1.0, (0, 1), "The share; 0 is off."),),
        filters.top_h,
    ),
    Sampler(
        "p_less",
        "P-less",
        "Drops tokens less probable than that two draws are the same; nothing to set.",
        (),
        by_shape.p_less,
    ),
    Sampler(
        "p_less_norm",
        "P-less norm",
        "As P-less, but a flat distribution is not cut at all; nothing to set.",
        (),
        by_shape.p_less_norm,
    ),
    Sampler(
        "min_k",
        "Min-k",
        "Cuts after the steepest step of the sorted logits, whatever the temperature.",
        (_real("tau", -1.0, -1.0, 1e6, (-1, 10), "Saves flat distributions; below 0 is off."),),
        by_shape.min_k,
    ),
    Sampler(
        "top_a",
        "Top-a",
        "Drops tokens below a share of the best probability squared.",
        (_real("a", 0.0, 0.0, 1.0, (0, 1), "The share; 0 is off."), _MIN_KEEP),
        filters.top_a,
    ),
    Sampler(
        "quadratic",
        "Quadratic",
        "Bends the scores, so that likely tokens come nearer and the tail falls.",
        (
            _real("factor", 0.0, 0.0, 100.0, (0, 5), "How strongly; 0 is off."),
            _real("curve", 1.0, 1.0, 10.0, (1, 5), "Above 1 the tail falls faster."),
        ),
        reshaping.quadratic,
    ),
    Sampler(
        "tail_free",
        "Tail-free",
        "Cuts the tail where the sorted probabilities have become flat.",
        (_real("z", 1.0, 0.0, 1.0, (0, 1), "Share of all bends to keep; 1 is off."), _MIN_KEEP),
        by_shape.tail_free,
    ),
    Sampler(
        "no_repeat_ngram",
        "No repeated n-gram",
        "Forbids tokens that would repeat n tokens in a row.",
        (_whole("n", 0, 0, 10, "How many in a row; 0 is off."),),
        repeats.no_repeat_ngram,
        Needs.HISTORY,
    ),
    Sampler(
        "guidance",
        "Guidance",
        "Moves the scores away from those that the text has after a second prompt.",
        (
            _text("prompt", "The second prompt; one more token of the model for each token."),
            _real("scale", 1.0, 0.0, 100.0, (0, 5), "Above 1 away from it, 0 is it alone."),
        ),
        guiding.guidance,
        Needs.GUIDES,
    ),
    Sampler(
        "rule",
        "Rule",
        "A sampler of your own: a formula for what is kept, or for the scores.",
        (
            _text(
                "rule",
                "keep: or logit:, then a formula of p, l, rank, H, p_max, l_max, n and seen.",
                rules.read_rule,
            ),
        ),
        rules.rule,
        Needs.HISTORY,
    ),
)

SAMPLERS: dict[str, Sampler] = {sampler.name: sampler for sampler in _TABLE}
