"""The dictionary of columns: what the columns of tables hold, in words and with units.

A name means the same in every table, but for those under `OF_TABLE` and, of the tables of plots,
`OF_PLOT`.  Labels, the provenance of every file and the page of the Help menu are written from it.
"""

from collections.abc import Iterable, Mapping

from laminoscope_core.export.column import Column
from laminoscope_core.export.plot_columns import OF_BOTH, OF_MAP, OF_PAIRS, OF_PLOT, OF_SITES
from laminoscope_core.tables import Arrays, Table
from laminoscope_core.theme import SITE_LABELS

__all__ = [
    "ALTERED",
    "COLUMNS",
    "OF_TABLE",
    "column_of",
    "dictionary_of",
    "guide",
    "labels_of",
    "meanings_of",
    "plot_path",
]

ALTERED = "altered/"
"""The folder of tables of the altered model, which have the columns of the model's own."""

COLUMNS: Mapping[str, Column] = {
    # where
    "layer": Column("layer, from 0"),
    "index": Column("word, from 0", "Place of the word in the list."),
    "category": Column("category"),
    "word": Column("word"),
    "site": Column("site", "Where vectors were read: q, k and v are the outputs of projections."),
    "carrier": Column(
        "carrier sentence", "{word} stands for each word; mean: of the scores in all sentences."
    ),
    "pair": Column("pair of sites", "The two sites that are compared."),
    "subset": Column("subset", "Pairs of words: all, within or across categories."),
    "position": Column(
        "position", "context: a token that is the same before every word; target: the word."
    ),
    "token_index": Column("token, from 0"),
    "token_id": Column("token id", "Number of the token in the model's vocabulary."),
    "token": Column("text of the token", "The space that is merged into a token included."),
    "shown": Column("text of the token; parts of a character by their bytes"),
    "term": Column(
        "term of the regression",
        "const, t-1 for the token before and so on, or another predictor.",
    ),
    "prompt": Column("prompt", "The text whose next token is asked for."),
    "stage": Column("sampler of the chain", "raw before the first sampler, then after each."),
    "column": Column("column of the comparison, from 1"),
    "model": Column("model", "Another model than the open one; empty for the open one."),
    "chat": Column("chat", "Whether the prompt was read through the model's chat template."),
    "chain": Column("chain", "Name of the chain of samplers; empty for the model alone."),
    # inside the blocks
    "kind": Column("kind", "watch: a token that is followed; top: the most likely one."),
    "target": Column("text of the token that is followed", "a − b: the first less the second."),
    "target_id": Column("token id of the target"),
    "part": Column(
        "part of the sum",
        "What adds to the logit; sum is embedding + attention + mlp + bias, logit the model's own, "
        "both before a cap.",
    ),
    "head": Column("query head, from 0"),
    "target_index": Column("token that takes, from 0"),
    "n_texts": Column("texts", "How many texts, or random sequences, the means are over."),
    "donor_index": Column("token that is taken from, from 0"),
    "weight": Column("attention weight", "After the softmax."),
    "unturned": Column(
        "compatibility without rotation", "Of query and key before the model turns them."
    ),
    "metric": Column(
        "what is measured",
        "Means over queries. entropy in nats, entropy_relative over ln of the keys allowed; "
        "distance in tokens; weight on token 0 (sink), on itself, on the token before, on earlier "
        "copies; "
        "induction_prefix: weight on what followed an earlier copy, less than 0.01 not counted; "
        "induction_repeat: the same in random tokens that are read twice; induction_match: share "
        "of all weight; effect: length of what the head writes, before a second norm.",
    ),
    "value": Column("value of the metric"),
    "state": Column("state", "before: the model as it is; after: with all interventions."),
    "intervention": Column("intervention, from 0", "all: every one of them together."),
    "control": Column(
        "control",
        "Seed of the same intervention on as many random other heads of that layer; empty for "
        "what was asked for.",
    ),
    "before": Column("without intervention"),
    "after": Column("with the intervention"),
    "effect": Column(
        "effect of the patch",
        "(m − corrupt)/(clean − corrupt), m the logit of the first watched token less the "
        "second's after the last token: 0 changes nothing, 1 gives what the first text gives.",
    ),
    "period": Column("period of the pair", "Tokens for a whole turn.", "tokens"),
    "distance": Column("distance of query and key", "", "tokens"),
    "compatibility": Column(
        "mean compatibility",
        "q·k before the softmax, every query with every key of the text as if so far apart.",
    ),
    "bias": Column(
        "bias of the distance",
        "Compatibility before the softmax that places alone make, less that at distance 0: the log "
        "of weights in texts of one token over and over.",
    ),
    "slope": Column(
        "slope", "What each token of distance adds to the bias, where that is the same for all."
    ),
    "reader": Column("what reads it", "attention or mlp: what is given the normalised vector."),
    "rms_before": Column("RMS before the norm", "Root of the mean square over dimensions."),
    "rms_after": Column("RMS after the norm", "Root of the mean square over dimensions."),
    "share_before": Column(
        "share of the largest before", "Of the squared length, by the three largest dimensions."
    ),
    "share_after": Column(
        "share of the largest after", "Of the squared length, by the three largest dimensions."
    ),
    "cosine": Column("cosine of before with after", "1 where the norm keeps the pattern."),
    "largest_before": Column("largest dimensions before", "From 0, the largest first."),
    "largest_after": Column("largest dimensions after", "From 0, the largest first."),
    "reach": Column(
        "reach",
        "First distance behind that of the largest mean compatibility at which it is below half.",
        "tokens",
    ),
    "other_layer": Column("layer of the other head, from 0"),
    "other_site": Column("the other site", "Where the other vectors were read."),
    "other": Column(
        "the other head, from 0", "layer: all heads of the layer together, at that site."
    ),
    "other_head": Column("the other query head, from 0"),
    "correlation": Column(
        "correlation of the weights",
        "Pearson's r of both heads' weights, over all queries and the keys that they may look at.",
    ),
    "query": Column("word or sum of words", "As it was asked for."),
    "vocabulary": Column("vocabulary", "embedding or unembedding: whose rows are compared with."),
    "measure": Column("measure", "dot: product; cosine."),
    "score": Column("product or cosine"),
    "is_input": Column("whether the token went into the sum"),
    "contribution": Column(
        "contribution to the logit", "With the statistics of the final norm held fixed.", "logits"
    ),
    "resid_in": Column("length of the stream that enters the block"),
    "attn_added": Column("length of what the stream receives from the attention"),
    "mlp_added": Column("length of what the stream receives from the MLP"),
    "cos_attention": Column("cosine of what the attention adds with the stream that enters"),
    "cos_mlp": Column(
        "cosine of what the MLP adds with the stream",
        "After the attention; in parallel blocks the stream that enters.",
    ),
    "neuron": Column("neuron, from 0", "Of the ten with the largest activations by size."),
    "activation": Column("activation after the gate", "What enters the down projection."),
    "share_active": Column(
        "share of active neurons",
        "After a gate that closes (ReLU) those that are not 0, else those above a tenth of the "
        "token's largest by size.",
    ),
    "participation": Column(
        "participation", "(Σa²)²/Σa⁴: how many neurons share the activity.", "neurons"
    ),
    "writes": Column(
        "what the neuron writes",
        "The token whose row of the unembedding has the largest product with the neuron's row of "
        "the down projection.",
    ),
    # words
    "n_tokens": Column("tokens of the word"),
    "pieces": Column("pieces", "How the word was split into tokens, divided by |."),
    "copy_of": Column(
        "copy of", "An earlier word with the same tokens where it is read; empty if there is none."
    ),
    "unknown": Column(
        "unknown token", "The token that stands for what the vocabulary lacks, if the word has it."
    ),
    # how much there is
    "n_pairs": Column("pairs of words", "How many pairs of words the score is over."),
    "n_words": Column("words", "How many words the number is over."),
    "n_distinct": Column(
        "distinct rows", "How many of the words' rows are not copies of another: effective n."
    ),
    "n_within": Column("pairs within", "Pairs of words of one category."),
    "n_across": Column("pairs across", "Pairs of words of two categories."),
    "n_permutations": Column("relabellings", "How many relabellings p is from."),
    "n_resamples": Column("resamples", "How many resamples of the words gave a score."),
    "n": Column("n", "How many tokens, or words, the number is over."),
    "dropped": Column("tokens left out", "Leading tokens that are not in the distribution."),
    "reason": Column("reason", "Why a number of this line is undefined; empty where none is."),
    "note": Column("note", "What to keep in mind with the numbers of this line."),
    # scores
    "r": Column("correlation", "Pearson's r, or Spearman's where it was asked for."),
    "tau_a": Column("Kendall's τ_a", "Concordant less discordant, over all pairs of values."),
    "rho_a": Column("ρ_a", "Spearman's correlation, the mean over all ways of breaking ties."),
    "fisher_z": Column("Fisher z, atanh(r)", "Fisher's z of a correlation; ±inf where |r| = 1."),
    "difference": Column("within − across", "The score within minus the score across categories."),
    "ceiling_low": Column(
        "noise ceiling, lower end", "Of several carrier sentences: each against the others' mean."
    ),
    "ceiling_high": Column(
        "noise ceiling, upper end", "Of several carrier sentences: each against the mean of all."
    ),
    "cohens_d": Column(
        "Cohen's d, within against across categories",
        "Mean similarity within minus across categories, in pooled standard deviations.",
        "standard deviations",
    ),
    "hedges_g": Column(
        "Hedges g, within against across categories",
        "Cohen's d without its small-sample bias.",
        "standard deviations",
    ),
    "mean_within": Column("mean within", "Mean similarity of pairs within a category."),
    "mean_across": Column("mean across", "Mean similarity of pairs across categories."),
    "predictor": Column(
        "predictor",
        "What is known of the words: category (the same or not), n_tokens or length (minus the "
        "difference of tokens, or of characters).",
    ),
    "partial_r": Column(
        "partial correlation",
        "Of what least squares on the other predictors leaves of the similarities and of this one.",
    ),
    "delta_r2": Column(
        "ΔR²", "How much less of the similarities the predictors explain without this one."
    ),
    "partial_p": Column(
        "p of the partial correlation",
        "And of ΔR². Two-sided; by relabelling what the other predictors leave of this one, "
        "inside categories where the category is among the others.",
    ),
    "partial_q": Column("p of the partial correlation, adjusted", "Over the layers of one curve."),
    "method": Column("method", "classical or nonmetric scaling."),
    "stress": Column(
        "stress",
        "Kruskal's first: √(Σ(d − d̂)²/Σd²), d on the map; d̂ the dissimilarities, or for nonmetric "
        "the closest distances in their order.",
    ),
    "cka": Column("debiased linear CKA", "1 for one geometry at both sites, about 0 for two."),
    # chance
    "p": Column(
        "p", "Two-sided; of scores of words: by relabelling words, of coefficients: from t."
    ),
    "q": Column(
        "p, adjusted for the number of tests (Benjamini–Hochberg)",
        "p adjusted over the layers of one curve (Benjamini and Hochberg 1995).",
    ),
    "q_all": Column(
        "p, adjusted over all curves (Benjamini–Hochberg)",
        "p adjusted over the layers of all curves of this table. No p is below"
        " 1/(relabellings + 1), so that one layer alone cannot make it small.",
    ),
    "low": Column("lower end of the interval", "Lower end of the 95 % interval or band."),
    "high": Column("upper end of the interval", "Upper end of the 95 % interval or band."),
    # tokens
    "norm": Column("Euclidean length", "Length of the vector that the layer adds to the token."),
    "log_norm": Column("natural logarithm of the Euclidean length"),
    "surprisal": Column(
        "surprisal", "−ln of the probability that the model gave the token before it.", "nats"
    ),
    "entropy": Column("entropy", "Of the distribution that predicted the token.", "nats"),
    "skew": Column("skew", "Of the log-norms; 0 for a normal distribution."),
    "kurtosis": Column("excess kurtosis", "Of the log-norms; 0 for a normal distribution."),
    # regression
    "coef": Column("coefficient"),
    "se": Column("standard error", "Standard error of the coefficient."),
    "t": Column("t", "Coefficient over its standard error."),
    "r2": Column("R²", "Share of the variance that the regression explains."),
    "adj_r2": Column("adjusted R²", "R² adjusted for the number of terms."),
    "f": Column("F", "Of all terms but the constant; Wald's with HC3 standard errors."),
    "f_p": Column("p of F"),
    "breusch_godfrey": Column(
        "Breusch–Godfrey",
        "n·R² of the residuals on the design and as many of their own lags as it has.",
    ),
    "breusch_godfrey_p": Column(
        "p of Breusch–Godfrey",
        "Small: the residuals are still correlated from token to token.",
    ),
    "durbin_watson": Column(
        "Durbin–Watson", "Nearly blind with lagged predictors: near 2 does not prove anything."
    ),
    "covariance": Column(
        "standard errors", "classical: one spread of all residuals; HC3: each row its own."
    ),
    # continuation
    "rank": Column("rank, 1 is the best", "0 where the chain has removed the token."),
    "logit": Column("logit", "Score of the token before the softmax."),
    "probability": Column("probability"),
}

_OF_LENS = {
    "layer": Column("layer, from 0", "Whose output is read; −1 is the embedding."),
    "rank": Column("rank, 1 is the most likely", "Ties in the order of the token ids."),
    "logit": Column("logit", "After the model's own cap or scale of its scores."),
    "probability": Column("probability", "Softmax of the logits of that layer."),
}
_OF_CHANGES = {
    "before": Column("score in the model as it is", "RSA score, or Cohen's d."),
    "after": Column("score in the altered model", "RSA score, or Cohen's d."),
    "change": Column("after less before"),
    "p": Column(
        "p of the change", "Two-sided; by exchanging words before and after the alteration."
    ),
    "n_permutations": Column("exchanges", "How many exchanges p is from."),
}
_SIMILARITIES = {
    site: Column(
        f"similarities at {label}",
        "By layer, word and word, float32; by carrier sentence first where there are several.",
    )
    for site, label in SITE_LABELS.items()
}
_REASONS = {
    f"{site}_reason": Column(
        f"reason at {label}", "By layer: why there is NaN; empty where there is none."
    )
    for site, label in SITE_LABELS.items()
}
_OF_OTHER_SITES = {
    name: column
    for name, column in {**_SIMILARITIES, **_REASONS}.items()
    if name.removesuffix("_reason") not in ("q", "k", "v")
}
"""Of sites that are compared where an experiment asks for them."""
_HEAD_OF_SITE = Column(
    "head, from 0", "At K and V a key/value head, of which there may be fewer than query heads."
)
_SAME_DEPTH = "Of the same relative depth, ℓ/(L − 1); empty at the embedding."
_OF_MODELS = {
    "model": Column("model", "As the experiment names it."),
    "layer": Column("layer of the model, from 0", "Empty at the embedding."),
    "other_model": Column("other model", "As the experiment names it; it may be the same."),
}
OF_TABLE: Mapping[str, Mapping[str, Column]] = {
    "rsa/models.csv": {
        **_OF_MODELS,
        "other_site": Column("site of the other model"),
        "other_layer": Column("layer of the other model, from 0", "Empty at the embedding."),
        "n": Column("pairs of words", "How many the score is over."),
        "carrier": Column(
            "carrier sentence",
            "{word} stands for each word; mean: of the scores in all sentences; empty for a model "
            "that could not be read.",
        ),
    },
    "rsa/words_across_models.csv": {
        **_OF_MODELS,
        "other_layer": Column("layer of the other model, from 0", _SAME_DEPTH),
        "r": Column("correlation", "Of the word's similarities to all other words in both models."),
        "n": Column("other words", "How many the correlation is over."),
    },
    "rsa/models_mean.csv": {
        "layer": Column("layer of the experiment's model, from 0", "Empty at the embedding."),
        "r": Column("mean RSA score", "With the other models, at the same relative depth."),
        "low": Column("lower end", "95 % interval over models and words."),
        "high": Column("upper end", "95 % interval over models and words."),
        "ceiling_low": Column("noise ceiling, lower end", "Each other model against their mean."),
        "ceiling_high": Column("noise ceiling, upper end", "Each other model against all."),
        "n": Column("other models", "How many the mean is over."),
    },
    "rsa/words_by_model.csv": {
        "model": Column("model", "As the experiment names it."),
        "index": Column("word, from 0", "−1 for a model that could not be read."),
    },
    "rsa/predictors.csv": {
        "n": Column("pairs of words", "How many pairs of words the score is over."),
    },
    "rsa/map.csv": OF_MAP,
    "rsa/dendrogram.csv": {
        "place": Column("leaf of the dendrogram, from 0"),
        "n": Column("words", "How many words the dendrogram is of."),
    },
    "inside/lens.csv": _OF_LENS,
    "inside/attention.csv": OF_PAIRS,
    "inside/rotation.csv": {
        "pair": Column("rotation pair, from 0", "Empty for all together, with what is not turned."),
    },
    "inside/reach.csv": {
        "compatibility": Column("largest mean compatibility", "At any distance below 1024."),
    },
    "inside/neighbours.csv": {
        "rank": Column("rank, 1 is the nearest"),
        "target": Column("text of the near token"),
        "target_id": Column("id of the near token"),
        "control": Column(
            "control", "Seed and random token in the place of the first word; empty for the sum."
        ),
    },
    "inside/effects.csv": {
        "metric": Column("what is measured", "At the last token; the logit after a cap."),
    },
    "inside/patch.csv": {
        "head": Column("query head, from 0", "Empty where the whole stream is patched."),
    },
    "continuation/chains.csv": {
        "raw_probability": Column("probability of the model"),
        "probability": Column("probability after the chain", "0: removed."),
        "n_left": Column("candidates left", "After the chain."),
        "entropy": Column("entropy of what is left", "After the chain.", "nats"),
        "n": Column("candidates", "How many there are before any chain."),
    },
    "continuation/cuts.csv": {
        "text": Column("text, from 0", "Of the prompt that it begins with."),
        "rank": Column("rank", "For the model; 1 is the best, −1 for the first token."),
        "probability": Column("probability after the chain", "0: the token is cut."),
        "kept": Column("how often it is left", "Between 0 and 1 where a sampler acts by chance."),
        "raw_probability": Column("probability of the model"),
        "removed_by": Column("removed by", "The sampler that cuts it; empty for what is left."),
        "n": Column("tokens", "How many of the text something stands before."),
    },
    "rsa/laminar.csv": {"n": Column("pairs of words", "How many the score is over.")},
    "rsa/separability.csv": {"n": Column("pairs of words", "How many d is over.")},
    "rsa/heads.csv": {
        "head": _HEAD_OF_SITE,
        "n": Column("pairs of words", "How many the score is over."),
    },
    "rsa/head_separability.csv": {
        "head": _HEAD_OF_SITE,
        "n": Column("pairs of words", "How many d is over."),
    },
    "rsa/depth.csv": {
        "other_layer": Column("layer of the other site, from 0"),
        "n": Column("pairs of words", "How many the score is over."),
    },
    "rsa/causal.csv": {
        "score": Column("kind of score", "r: a correlation; tau_a, rho_a: Kendall's τ_a, ρ_a."),
        **_OF_CHANGES,
    },
    "rsa/causal_separability.csv": _OF_CHANGES,
    "inside/neurons.csv": {"rank": Column("rank by size of the activation, from 1")},
    "rsa/similarity.npz": {
        **{name: _SIMILARITIES[name] for name in ("q", "k", "v")},
        "words": Column("words", "Labels of both axes of words."),
        "categories": Column("categories", "The category of each word."),
        "carriers": Column("carriers", "The sentences that each word stood in."),
        **{name: _REASONS[name] for name in ("q_reason", "k_reason", "v_reason")},
    },
}
"""By path: columns that mean something else there, or are only there."""


def plot_path(plot: str) -> str:
    """Return what stands for the path of a plot's table, by the plot's id."""
    return f"plots/{plot}"


def column_of(name: str, path: str = "") -> Column | None:
    """Return what a column of a table holds, if it is known."""
    path = path.removeprefix(ALTERED)
    plot = path.removeprefix(plot_path(""))
    own = OF_TABLE.get(path, {}) if plot == path else {**OF_BOTH, **OF_PLOT.get(plot, {})}
    return own.get(name) or COLUMNS.get(name) or OF_SITES.get(name) or _OF_OTHER_SITES.get(name)


def labels_of(table: Table, path: str = "") -> dict[str, str]:
    """Return the labels of a table: its own, and those of columns that are known by name.

    Examples
    --------
    >>> labels_of(Table({"layer": [0], "value": [0.5]}, {"value": "RSA score"}))
    {'layer': 'layer, from 0', 'value': 'RSA score'}
    >>> labels_of(Table({"surprisal": [0.5], "q": [0.5]}), plot_path("pairs"))
    {'surprisal': 'surprisal (nats)', 'q': 'similarity at Q'}
    """
    known = {name: column for name in table.columns if (column := column_of(name, path))}
    labels = {
        name: f"{column.label} ({column.unit})" if column.unit == "nats" else column.label
        for name, column in known.items()
    }
    return {**labels, **table.labels}


def meanings_of(table: Table, path: str = "") -> dict[str, str]:
    """Return what the columns of a table hold, with their units, as sentences."""
    known = {name: column for name in table.columns if (column := column_of(name, path))}
    return {
        name: f"{column.meaning} Unit: {column.unit}." if column.unit else column.meaning
        for name, column in known.items()
    }


def dictionary_of(files: Mapping[str, Table | Arrays]) -> dict[str, dict[str, dict[str, str]]]:
    """Return what every column of some files holds, by path and name.

    Examples
    --------
    >>> dictionary_of({"rsa/laminar.csv": Table({"r": [0.5]})})["rsa/laminar.csv"]["r"]["meaning"]
    "Pearson's r, or Spearman's where it was asked for."
    """
    return {path: _described(path, _names(file)) for path, file in files.items()}


def guide(files: Mapping[str, Table | Arrays], titles: Mapping[str, str] | None = None) -> str:
    """Return the dictionary of some files as Markdown, a table for each.

    Parameters
    ----------
    files : mapping of str to Table or Arrays
        By path.
    titles : mapping of str to str
        What stands above a table, if not its path.
    """
    parts = []
    for path, file in files.items():
        title = (titles or {}).get(path, path)
        lines = [f"### {title}", "", "| column | name | unit | meaning |", "|---|---|---|---|"]
        for name, entry in _described(path, _names(file)).items():
            meaning = "" if entry["meaning"] == entry["label"] else entry["meaning"]
            cells = (f"`{name}`", entry["label"], entry["unit"], meaning)
            lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _names(file: Table | Arrays) -> Iterable[str]:
    return file.columns if isinstance(file, Table) else file.arrays


def _described(path: str, names: Iterable[str]) -> dict[str, dict[str, str]]:
    known = {name: column for name in names if (column := column_of(name, path))}
    return {
        name: {"label": column.label, "unit": column.unit, "meaning": column.meaning}
        for name, column in known.items()
    }
