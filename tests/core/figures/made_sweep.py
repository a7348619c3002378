"""A made-up sweep of models of different depth."""

import numpy as np

from laminoscope_core.analysis.swept import MeanCurve, Swept

CARRIERS = ("A {word}", "The {word}", "mean")


def mean_curve(n_layers, rng):
    """A mean with the other models; its second layer has no interval."""
    r = rng.uniform(0.3, 0.6, n_layers)
    low, high = r - 0.1, r + 0.1
    low[1] = high[1] = np.nan
    reasons = tuple("too few" if layer == 1 else "" for layer in range(n_layers))
    return MeanCurve(r, low, high, r + 0.2, r + 0.3, 2, reasons)


def sweep_results(depths=(12, 8, 6), seed=0):
    """Results as the page of a sweep has them; one model's layer is undefined."""
    rng = np.random.default_rng(seed)
    n = len(depths)
    curves = {}
    for pair in ("q-k", "q-v"):
        for subset in ("all", "within", "across"):
            of_models = [rng.uniform(0, 1, depth) for depth in depths]
            of_models[-1][2] = np.nan
            for carrier in CARRIERS:
                curves["birds", carrier, pair, subset] = tuple(of_models)
    agreement = {}
    for site in ("q", "k"):
        r = np.triu(rng.uniform(0, 1, (n, n)), 1)
        for carrier in CARRIERS:
            agreement["birds", carrier, site] = r + r.T + np.eye(n)
    means = {
        ("birds", carrier, site): {at: mean_curve(depth, rng) for at, depth in enumerate(depths)}
        for site in ("q", "k")
        for carrier in CARRIERS
    }
    models = tuple(f"owner/model-{depth}" for depth in depths)
    return {"sweep": Swept(models, {"birds": 9}, CARRIERS, curves, agreement, means)}
