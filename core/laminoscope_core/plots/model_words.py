"""How far two models agree about each word, the words in the order of their scores."""

from typing import Any

import numpy as np

from laminoscope_core.analysis.rsa_models_tables import word_reasons
from laminoscope_core.plots.inside import nothing_to_show
from laminoscope_core.plots.model_views import Compared
from laminoscope_core.plots.shown import (
    Axis,
    Bars,
    Entry,
    Frame,
    Mark,
    Points,
    Rule,
    Shown,
    Spans,
)
from laminoscope_core.plots.words import category_numbers, short_word, two_places
from laminoscope_core.tables import Table
from laminoscope_core.text import how_many
from laminoscope_core.theme import LIGHT, site_label

__all__ = ["words_shown"]


def words_shown(compared: Compared, view: Any) -> Shown:
    """Return a bar a word, from the largest score to the least, in the colour of its category.

    A word's score is the correlation of its similarities to all other words in the one model with
    those in the other, at layers of the same relative depth.
    """
    result, pair = compared.result, compared.pair
    if compared.other == 0:
        return nothing_to_show("words", "a model agrees with itself about every word")
    layer = compared.layers[0]
    r = pair.words[compared.site][layer]
    reasons = word_reasons(result, compared.at, pair, compared.site)[layer]
    order = np.argsort(np.where(np.isnan(r), -np.inf, r), kind="stable")[::-1]
    place = np.empty(len(r))
    place[order] = np.arange(len(r))
    n_tokens = [np.array(model.n_tokens) for model in compared.models]
    split = (n_tokens[0] > 1) | (n_tokens[1] > 1)

    def says(word: int) -> str:
        counts = [
            f"{how_many(int(counts[word]), 'token')} in {title}"
            for counts, title in zip(n_tokens, compared.titles, strict=True)
        ]
        name, category = short_word(result.words[word]), short_word(result.categories[word])
        score = two_places(float(r[word]), str(reasons[word]))
        return f"{name}, {category}\n{compared.symbol} = {score}\n{', '.join(counts)}"

    numbers = category_numbers(result.categories, view.categories)
    distinct = dict(zip(result.categories, numbers.tolist(), strict=True))
    marks: dict[str, Mark] = {"zero": Rule(at=0.0, across="y", colour="muted")}
    for number in distinct.values():
        of_category = np.flatnonzero((numbers == number) & ~np.isnan(r))
        marks[f"category {number}"] = Bars(
            at=place[of_category], lengths=r[of_category], colour=f"category {number}", upright=True
        )
    marks["split"] = Points(
        x=place[split], y=r[split], marker="diamond", size=1.3, filled=False, colour="text"
    )
    here = [place[view.word]] if view.word is not None and view.word < len(r) else []
    at = np.array(here, dtype=np.float64)
    marks["selected"] = Spans(low=at - 0.5, high=at + 0.5, colour="accent", selection=True)
    known = r[~np.isnan(r)]
    low, high = float(known.min(initial=0.0)), float(known.max(initial=1.0))
    frame = Frame(
        Axis(
            -0.7, len(r) - 0.3, names=tuple(result.words[word] for word in order),
            selects="word", values=tuple(order.tolist()),
        ),
        Axis(low - 0.05 * (high - low) * (low < 0), high + 0.06, compared.score_label),
        marks,
        inside="" if known.size else str(next(filter(None, reasons.tolist()), "")),
        aspect=0.3,
        says=says,
    )  # fmt: skip
    entries = [Entry(name, f"category {n}", "band") for name, n in distinct.items()]
    if len(distinct) > len(LIGHT.categories):
        entries = [Entry("in the colour of the category", "category 0", "band")]
    if split.any():
        entries.append(Entry("split by a tokenizer", "text", "hollow", "diamond"))
    mean = two_places(float(known.mean())) if known.size else "undefined"

    def rows() -> Table:
        return Table(
            {
                "order": np.arange(len(r)),
                "word": [result.words[word] for word in order],
                "category": [result.categories[word] for word in order],
                "r": r[order],
                "n_tokens": n_tokens[0][order],
                "n_tokens_other": n_tokens[1][order],
                "selected": order == view.word,
                "reason": reasons[order],
            }
        )

    places = " and ".join(compared.at_same_depth().place(model) for model in (0, 1))
    others = f"mean {mean}, n = {len(r) - 1} other words for each"
    return Shown(
        {"words": frame},
        rows,
        title=f"{site_label(compared.site)}: {places}",
        note=compared.note(site_label(compared.site), places, others),
        key=tuple(entries),
    )
