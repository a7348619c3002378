"""The dictionary of columns of the tables that plots make: "View data as table", and saved data.

A line of such a table is a mark of its plot.  Columns that are of other kinds of mark are empty,
or −1 where they count or number something.
"""

from collections.abc import Mapping

from laminoscope_core.export.column import Column
from laminoscope_core.theme import SITE_LABELS

__all__ = ["OF_MAP", "OF_PAIRS", "OF_PLOT", "OF_SITES"]

_WORDS = {
    "first": Column("first word, from 0", "Place of the pair's first word in the list."),
    "second": Column("second word, from 0", "Place of the pair's second word in the list."),
}
_NAMED_WORDS = {
    **_WORDS,
    "first_word": Column("first word"),
    "second_word": Column("second word"),
    "first_category": Column("category of the first word"),
    "second_category": Column("category of the second word"),
}
OF_PAIRS: Mapping[str, Column] = {
    "compatibility": Column(
        "compatibility",
        "Query times key, with the family's factor, cap and bias: before the softmax.",
    ),
    "effect": Column("effect", "Length of what the head writes for the pair."),
}
"""Of tables with a line for a head and a pair of tokens."""
OF_SITES: Mapping[str, Column] = {
    site: Column(
        f"similarity at {label}",
        "Of the pair's two vectors, by the measure that the provenance names.",
    )
    for site, label in SITE_LABELS.items()
}
"""Of tables with a column for each site that is compared."""
_SIMILARITIES = {name: OF_SITES[name] for name in ("q", "k", "v")}
_SELECTED = {"selected": Column("selected", "Whether it was selected in the window.")}
_PART = {"plot": Column("part of the plot", "Which part of the plot the line belongs to.")}
_SERIES = {"series": Column("curve", "Name of the curve that the line belongs to.")}
OF_MAP: Mapping[str, Column] = {
    "x": Column("first dimension", "In units of 1 − similarity, or of the distance."),
    "y": Column("second dimension", "In units of 1 − similarity, or of the distance."),
    "n": Column("words", "How many words the map is of."),
}
"""Of tables with a line for a word of a map."""
_NOT_A_TOKEN = {
    "token_index": Column("token, from 0", "−1 for a mark that is not a token."),
}

OF_BOTH: Mapping[str, Column] = {
    **_PART,
    "state": Column(
        "state of the model",
        "before: as it is; after: with all interventions; change: the second less the first.",
    ),
    "cell_row": Column("row of the cell, from 0", "As it is drawn; empty for what is no cell."),
    "cell_column": Column("column of the cell, from 0", "Likewise."),
    "change": Column("after less before"),
}
"""Of plots that show an altered model beside the model as it is."""

_BOTH = {
    "before": Column("value in the model as it is", "Where the value is the difference."),
    "after": Column("value in the altered model", "Likewise."),
}

OF_PLOT: Mapping[str, Mapping[str, Column]] = {
    "similarity": {**_NAMED_WORDS, **_SELECTED, **_SIMILARITIES},
    "similarity-layers": {**_WORDS, **_SIMILARITIES},
    "laminar": {
        **_PART,
        **_SERIES,
        "value": Column(
            "value of the curve",
            "direct: Pearson's r; all, within, across: the RSA score, or its Fisher z; "
            "d: Cohen's d.",
        ),
        "before": Column("value in the model as it is", "Beside that of the altered model."),
        "p_change": Column("p of the change", "By exchanging words before and after."),
        "q_change": Column("p of the change, adjusted over the layers of the curve"),
        "carrier": Column(
            "carrier sentence", "One of several; mean: over all of them; empty where there is one."
        ),
    },
    "rsa-heads": {
        **_PART,
        "head": Column("head, from 0", "At K and V a key/value head."),
        "other_head": Column(
            "the other head, from 0", "−1 in the map of layers, whose heads are of no pair."
        ),
        "value": Column(
            "score, or Cohen's d",
            "layers: the head with its layer, or its d; heads: the RSA score of two heads.",
        ),
    },
    "rsa-depth": {
        "layer": Column("layer of the first site, from 0"),
        "other_layer": Column("layer of the second site, from 0"),
        "value": Column("RSA score of the two layers"),
    },
    "pairs": {
        **_NAMED_WORDS,
        **_SELECTED,
        **_SIMILARITIES,
        "within": Column("within a category", "Whether both words are of one category."),
        "residual": Column(
            "residual",
            "How far the pair is from the line of least squares of the second site's similarities "
            "on the first's.",
            "standard deviations",
        ),
    },
    "distributions": {
        "low": Column("left edge of the bin", "Least similarity in the bin."),
        "high": Column("right edge of the bin", "Largest similarity in the bin."),
        "within": Column("density within", "Of pairs of one category; the bins' areas sum to 1."),
        "across": Column("density across", "Of pairs of two categories, likewise."),
    },
    "unity": {
        "within": Column("score within", "RSA score over pairs of one category."),
        "across": Column("score across", "RSA score over pairs of two categories."),
        **_SELECTED,
    },
    "rsa-predictors": {
        "n": Column("pairs of words", "How many pairs of words the score is over."),
    },
    "rsa-map": {**OF_MAP, **_SELECTED},
    "tokens": {
        "special": Column("special token", "Whether it is one of the tokenizer's own."),
        "value": Column("value", "The quantity that colours the token, which the labels name."),
        "ground": Column(
            "strength of the colour", "0 at the low end of the colours, 1 at the high."
        ),
        **_SELECTED,
        **_BOTH,
    },
    "adjustments": {
        "place": Column("place along the axis, from 0", "In the order that the view says."),
        "value": Column("log norm, or its z", "z within the layer where the view says so."),
        **_SELECTED,
    },
    "strip": {
        "mark": Column(
            "kind of mark",
            "token; bin: many tokens counted; median: of all tokens of the layer; "
            "median before: that of the model as it is, beside the altered one.",
        ),
        **_NOT_A_TOKEN,
        "x": Column("place across", "The layer, and for a token a shift that keeps points apart."),
        "value": Column("log norm", "For a bin: its lower edge."),
        "top": Column("upper edge of the bin", "Empty for marks that are no bins."),
        "count": Column("tokens in the bin", "Empty for marks that are no bins."),
        **_SELECTED,
    },
    "spread": {
        **_PART,
        "x": Column("left edge of the bin, or normal score", "normal: the normal score."),
        "right": Column("right edge of the bin", "Empty for normal scores."),
        "value": Column(
            "density, or z", "density: of the log norms in the bin; normal: z of the log norm."
        ),
    },
    "lens": {
        "layer": Column("layer, from 0", "Whose output is read; −1 is the embedding."),
        "top": Column("likeliest token"),
        "top_id": Column("token id of the likeliest"),
        "value": Column("value of the cell", "The quantity that the labels name."),
    },
    "followed": {
        **_SERIES,
        "layer": Column("layer, from 0", "Whose output is read; −1 is the embedding."),
        "value": Column("value of the curve", "The quantity that the labels name."),
    },
    "ledger": {
        **_SERIES,
        "label": Column("part", "embedding, attention or MLP of a layer, bias; or their sum."),
        "layer": Column("layer, from 0", "−1 for what is of no layer."),
        "value": Column("added to the logit", "sum so far: of all parts up to the layer."),
    },
    "patch": {"value": Column("share brought back", "0 changes nothing, 1 brings all back.")},
    "heads": {
        "value": Column("value", "The metric of the map, or of the x axis."),
        "against": Column("value along y", "The metric of the y axis."),
    },
    "redundancy": {
        "value": Column(
            "likeness", "Of the two heads, by what the view says: debiased CKA or Pearson's r."
        ),
    },
    "neurons": {
        **_SERIES,
        "value": Column(
            "activation, or number of the curve",
            "After the gate; share_active in percent, participation in neurons.",
        ),
    },
    "normalisation": {
        **_SERIES,
        "value": Column("RMS, or share in percent", "Before and after the norm."),
    },
    "neighbours": {
        **_PART,
        "value": Column(
            "product, cosine or probability",
            "Of the vector, or its control, with the token's row; or how likely the token follows.",
        ),
    },
    "rotation": {
        **_PART,
        "pair": Column("rotation pair, from 0", "−1 for all of them together."),
        "period": Column("period", "In how many tokens the pair turns once.", "tokens"),
        "value": Column(
            "mean compatibility, or reach",
            "Before the softmax, of every query with every key as if they stood so far apart: of "
            "the pair, or of all. In the map of all heads, their reach in tokens.",
        ),
        "least": Column("the least that the pair gives", "At any distance that is drawn."),
        "most": Column("the most that the pair gives", "At any distance that is drawn."),
    },
    "attention": {
        **OF_PAIRS,
        "plot": Column(
            "map",
            "head: a pair of tokens in the large one; heads: a cell of a small one, which begins "
            "at that pair and has what is chosen.",
        ),
    },
    "donors": {
        "value": Column("weight, or effect", "What the target takes from the token, as chosen."),
        **_BOTH,
    },
    "effects": {
        "label": Column("intervention", "Its number, all together, or random other heads."),
        "change": Column("change", "after − before."),
    },
    "balance": {
        **_SERIES,
        "value": Column("length, or cosine", "cos_…: of what is added with what it is added to."),
    },
    "regression": {
        **_SERIES,
        "value": Column("value of the curve", "A coefficient, R² or a statistic, as named."),
        "significant": Column("significant", "Whether q is below .05."),
        "nearly": Column("nearly significant", "Whether p is below .05 and q is not."),
    },
    "fit": {
        "x": Column(
            "predicted log norm, token or left edge",
            "The log norm that is predicted; in order: the token; histogram: the bin's left edge.",
        ),
        "right": Column("right edge of the bin"),
        "count": Column("tokens in the bin"),
        "y": Column(
            "observed log norm, residual or density",
            "Predicted against observed: the log norm; histogram: the density; else the residual.",
        ),
        "term": Column("column of the regression", "t is what is predicted, t−1 the token before."),
        "value": Column("value", "What the column holds for the token."),
        "z": Column("z within the column", "The value in standard deviations from the mean."),
        **_SELECTED,
    },
    "token-compare": {
        "run": Column("run, from 0", "0 is the open one, 1 the one that was kept."),
        **_SERIES,
        "depth": Column("relative depth", "Layer over the last layer: 0 to 1."),
        "value": Column("value", "The quantity that the labels name."),
    },
    "writing": {
        "written": Column("written", "Whether the token was written after the prompt."),
        "probability": Column("probability after the chain", "Empty for tokens of the prompt."),
        "raw_probability": Column("probability of the model", "Empty for tokens of the prompt."),
        "raw_rank": Column("rank for the model", "1 is the best; empty for tokens of the prompt."),
        "entropy": Column(
            "entropy", "Of what the model believed there; empty for tokens of the prompt.", "nats"
        ),
        "u": Column("random number", "That chose the token; empty where a hand did."),
        "strength": Column("strength of the colour", "0 for none, 1 for the full one."),
    },
    "chain": {
        "part": Column(
            "kind of mark",
            "stage: numbers of a sampler; bar: a token before and after it; branch: the same for "
            "what XTC may do; draw: a candidate's stretch of the random numbers.",
        ),
        "stage": Column("sampler, from 0", "−1 for the model alone."),
        "label": Column("name of the sampler", "model for the model alone."),
        "bar": Column("bar, from 0", "The best token that the sampler received is 0."),
        "token_id": Column("token id", "Number of the token in the model's vocabulary."),
        "before": Column("probability that the sampler received"),
        "after": Column("probability that the sampler left", "0 for a token that it removed."),
        "taken": Column("taken", "Whether XTC did this, or the draw fell here; else true."),
        "weight": Column("probability of the branch", "How likely it is that XTC does this."),
        "cut": Column("cut", "Least probability that the sampler kept, where it has one."),
        "n_left": Column("candidates left"),
        "removed_mass": Column("probability removed", "Sum over the tokens that were removed."),
        "entropy": Column("entropy", "Of the candidates left.", "nats"),
        "perplexity": Column("perplexity", "exp of the entropy of the candidates left."),
        "low": Column("begin of the stretch", "Least random number that draws the token."),
        "high": Column("end of the stretch", "Largest random number that draws the token."),
        "middle": Column("middle of the stretch"),
        "u": Column("random number", "Where the draw landed."),
    },
    "candidates": {
        "rank": Column("rank for the model", "1 is the best."),
        "model": Column("probability of the model"),
        "chain": Column("probability after the chain", "0 for a token that was removed."),
        "before": Column("probability of the model as it is", "Beside that of the altered model."),
        "removed_by": Column("removed by", "The sampler that removed it; empty for what is left."),
        **_SELECTED,
    },
    "compare": {
        "row": Column("row, from 0", "The same token in every column."),
        "watched": Column("watched", "Whether the token is listed because it is watched."),
        "column": Column("column of the comparison, from 0"),
        "token_id": Column(
            "token id",
            "Of a watched text in the column's own vocabulary; −1 where it has none, and of listed "
            "tokens where vocabularies are matched by text.",
        ),
        "rank": Column("rank", "1 is the best; 0: removed; −1: not in the column's vocabulary."),
        "reference": Column("probability in the first column"),
        "distance": Column(
            "Jensen–Shannon distance", "Of the column from the first; at most √ln 2.", "nats"
        ),
        "change": Column("change of probability", "Probability minus that in the first column."),
        **_SELECTED,
    },
    "chains": {
        **_PART,
        "row": Column("row, from 0", "0: the model alone; then the chains."),
        "chain": Column("chain", "Name of the chain of samplers; model for the model alone."),
        "token_id": Column("token id", "−1 at the edge."),
        "value": Column("probability", "After the chain; 0: removed."),
        "n_left": Column("candidates left", "edge: after the chain; −1 in the map."),
        "entropy": Column("entropy of what is left", "edge: after the chain.", "nats"),
    },
    "cuts": {
        **_PART,
        "row": Column("row, from 0", "0: the model alone; then the chains."),
        "chain": Column("chain", "Name of the chain of samplers; model for the model alone."),
        "value": Column("probability", "After the chain; 0: the token is cut."),
        "kept": Column("how often it is left", "Between 0 and 1 where a sampler acts by chance."),
        "rank": Column("rank", "For the model; 1 is the best."),
        "removed_by": Column("removed by", "The sampler that cuts it; empty for what is left."),
        "n_cut": Column("tokens that are cut", "edge: of the text."),
    },
    "watch": {
        **_PART,
        "row": Column("row, from 0", "watch: the watched text; way: the stage."),
        "prompt": Column("prompt, from 0"),
        "label": Column("watched text, or stage"),
        "token_id": Column("token id", "Of the text's first token; −1 if it has none."),
        "n_tokens": Column("tokens of the text", "Above 1, the rest of it is not watched."),
        "rank": Column("rank", "way: at the stage; else for the model; 1 is the best, 0: removed."),
        "value": Column("probability", "way: at the stage; else for the model."),
        "final_rank": Column("rank after the chain", "0: removed."),
        "final": Column("probability after the chain"),
    },
    "rsa-models": {
        **_NAMED_WORDS,
        **_SELECTED,
        "model": Column("model", "As the experiment names it; maps: the experiment's own."),
        "other": Column("similarity in the other model"),
        "model_sd": Column("similarity, standardised", "SD from the model's mean pair."),
        "other_sd": Column("similarity in the other, standardised", "SD from its mean pair."),
        "order": Column("place, from 0", "By size of the score."),
        "n_tokens_other": Column("tokens of the word in the other model"),
        "layer": Column("layer of the experiment's model, from 0", "models: of the model."),
        "other_model": Column("other model", "As the experiment names it."),
        "other_layer": Column("layer of the other model, from 0"),
        "low": Column("lower end", "95 % interval over models and words."),
        "high": Column("upper end", "95 % interval over models and words."),
        "ceiling_low": Column("noise ceiling, lower end", "Each other model against their mean."),
        "ceiling_high": Column("noise ceiling, upper end", "Each other model against all."),
    },
    "sweep-curves": {
        "model": Column("model", "As the sweep file names it, or median: of all models."),
        "depth": Column("relative depth", "ℓ/(L − 1) of layer ℓ of L."),
    },
    "sweep-means": {
        "model": Column("model", "As the sweep file names it."),
        "depth": Column("relative depth", "ℓ/(L − 1) of layer ℓ of L."),
        "r": Column("mean RSA score", "With the other models, at the same relative depth."),
        "low": Column("lower end", "95 % interval over models and words."),
        "high": Column("upper end", "95 % interval over models and words."),
        "ceiling_low": Column("noise ceiling, lower end", "Each other model against their mean."),
        "ceiling_high": Column("noise ceiling, upper end", "Each other model against all."),
        "n": Column("other models", "How many the mean is over."),
    },
    "sweep-models": {
        "model": Column("model", "As the sweep file names it."),
        "other_model": Column("other model", "As the sweep file names it."),
        "r": Column("RSA score", "Mean over layers of the same relative depth."),
    },
    "loops": {
        **_PART,
        "series": Column("chain", "Name of the chain of samplers; empty for the echo."),
        "x": Column("copies read, or row", "echo: how often the text was read; rate: the row."),
        "token_id": Column("token id", "echo: of the next copy's first token."),
        "value": Column(
            "probability, or share", "echo: of another copy; rate: of seeds that end in a loop."
        ),
        "rank": Column("rank", "echo: of the next copy's first token; 1 is the best."),
        "low": Column("lower end of the interval", "rate: of Wilson's 95 % interval."),
        "high": Column("upper end of the interval", "rate: of Wilson's 95 % interval."),
        "n_loops": Column("seeds that end in a loop"),
        "n_seeds": Column("seeds"),
        **{
            f"distinct_{n}": Column(
                f"distinct-{n}", f"Share of the runs of {n} tokens that differ, mean over seeds."
            )
            for n in (1, 2, 3)
        },
    },
}
"""By plot: columns with a meaning of their own there; the others mean what they do in files."""
