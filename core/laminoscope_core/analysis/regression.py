"""Lag regression: do the tokens before predict how strongly a token is adjusted?

In every layer, the log-norm of token t is regressed on those of the tokens before it by ordinary
least squares (statsmodels):

    y(t) = β₀ + β₁·y(t−1) + β₂·y(t−2) + … + ε(t)

β₁ > 0 says that a strongly adjusted token tends to be followed by another.  How surprising the
token was, how open the choice was, and its position may stand beside the lags, to see whether
they explain it.

What is left unexplained should not itself be correlated from one token to the next, or standard
errors and p are wrong.  The Breusch–Godfrey test, with as many lags as the regression, looks for
that: a small p says that there is more memory than the lags take up.  The Durbin–Watson statistic
is shown because readers expect it, but with lagged y among the predictors it is nearly blind: an
AR(3) fitted with two lags has one near 2 in 99 % of samples, of which Breusch–Godfrey rejects 86 %.

Standard errors assume that all residuals are equally spread; HC3 ones (MacKinnon and White 1985)
do not, and F is then Wald's.  With few rows β₁ is biased towards zero (by −.10 at 30 rows, where
its 95 % interval holds it in 92 %); below 60 rows that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import adjustments
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.statistics import benjamini_hochberg, is_constant
from laminoscope_core.aside import import_aside
from laminoscope_core.errors import AnalysisError
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = [
    "CHECKS",
    "COVARIANCES",
    "FEWEST_ROWS",
    "MOST_LAGS",
    "PREDICTORS",
    "WORTH",
    "Covariance",
    "Params",
    "Result",
    "design_matrix",
    "run",
    "tables",
]

Covariance = Literal["classical", "HC3"]
COVARIANCES: tuple[Covariance, ...] = ("classical", "HC3")
"""How standard errors are estimated: from one spread of all residuals, or from each row's own."""

FEWEST_ROWS = 60
"""Rows below which the bias of the lags' coefficients is worth a word."""

CHECKS = ("breusch_godfrey", "breusch_godfrey_p", "durbin_watson")
"""What is said of the residuals of each layer."""

WORTH = {
    "breusch_godfrey": (
        "a small p says that the residuals remember more tokens than the lags take up; standard"
        " errors and p are then not to be trusted"
    ),
    "durbin_watson": (
        "nearly blind where earlier values are among the predictors: a value near 2 does not say"
        " that the residuals are uncorrelated"
    ),
}
"""What the two checks of the residuals are worth, in words."""

MOST_LAGS = 5
_ROUNDING = 1e-5
PREDICTORS = ("surprisal", "entropy", "position")
"""What else may predict a token's log-norm, at the token itself."""


@dataclass(frozen=True)
class Params:
    """What predicts.

    Attributes
    ----------
    lags : int
        How many tokens before, 1 to `MOST_LAGS`.
    predictors : tuple of str
        Some of `PREDICTORS`.
    covariance : str
        One of `COVARIANCES`: what standard errors, t, F, p and intervals are from.
    """

    lags: int = 2
    predictors: tuple[str, ...] = ()
    covariance: Covariance = "classical"


@dataclass(frozen=True, eq=False)
class Result:
    """One regression per layer.

    Attributes
    ----------
    params : Params
        What was asked for.
    site : str
        Whose log-norms.
    layers : tuple of int
        Labels of the first axis.
    terms : tuple of str
        Labels of the second axis: ``"const"``, ``"t-1"``, ``"t-2"``, …, then the predictors.
    coef, se, t, p, q, low, high : float64 arrays (n_layers, n_terms)
        Coefficients, standard errors, t statistics, two-sided p, Benjamini–Hochberg q over the
        layers, 95 % interval; NaN where undefined.
    r2, adj_r2, f, f_p, durbin_watson : float64 arrays (n_layers,)
    breusch_godfrey, breusch_godfrey_p : float64 arrays (n_layers,)
        Lagrange multiplier statistic of as many lags as the regression has, and its p.
    n : int
        Rows of each regression.
    rows : int array (n,)
        The token of each row.
    design : float64 array (n_layers, n, n_terms)
    observed, predicted : float64 arrays (n_layers, n)
    reasons : tuple of str
        By layer: why it is undefined, empty where it is not.
    """

    params: Params
    site: str
    layers: tuple[int, ...]
    terms: tuple[str, ...]
    coef: NDArray[np.float64]
    se: NDArray[np.float64]
    t: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    r2: NDArray[np.float64]
    adj_r2: NDArray[np.float64]
    f: NDArray[np.float64]
    f_p: NDArray[np.float64]
    durbin_watson: NDArray[np.float64]
    breusch_godfrey: NDArray[np.float64]
    breusch_godfrey_p: NDArray[np.float64]
    n: int
    rows: NDArray[np.int64]
    design: NDArray[np.float64]
    observed: NDArray[np.float64]
    predicted: NDArray[np.float64]
    reasons: tuple[str, ...]

    @property
    def residuals(self) -> NDArray[np.float64]:
        """Observed minus predicted (n_layers, n)."""
        return self.observed - self.predicted

    @property
    def note(self) -> str:
        """What to say of the number of rows, else nothing."""
        if self.n >= FEWEST_ROWS or not self.n:
            return ""
        return (
            f"{self.n} rows: with fewer than {FEWEST_ROWS} the coefficient of the token before is"
            " biased towards zero, and its interval too narrow"
        )


def run(inputs: Inputs, params: Params, job: Job) -> Result:
    """Regress every layer's log-norms on those of the tokens before.

    Raises
    ------
    AnalysisError
        The number of lags or a predictor is not one that there is.
    """
    source = inputs.result("adjustments", adjustments.Result)
    if not 1 <= params.lags <= MOST_LAGS:
        raise AnalysisError(f"{params.lags} lags were asked for.", f"Choose 1 to {MOST_LAGS}.")
    for name in params.predictors:
        if name not in PREDICTORS:
            raise AnalysisError(
                f"There is no predictor {name!r}.", f"There are {', '.join(PREDICTORS)}."
            )
    if params.covariance not in COVARIANCES:
        raise AnalysisError(
            f"There are no {params.covariance!r} standard errors.",
            f"There are {', '.join(COVARIANCES)}.",
        )
    import_aside(
        job,
        "scipy.stats",
        "statsmodels.regression.linear_model",
        "statsmodels.stats.stattools",
    )
    others = {
        "surprisal": source.surprisal,
        "entropy": source.entropy,
        "position": np.arange(len(source.tokens), dtype=np.float64),
    }
    rows = np.arange(source.params.drop + params.lags, len(source.tokens))
    terms = ("const", *(f"t-{lag}" for lag in range(1, params.lags + 1)), *params.predictors)
    design = np.stack(
        [
            design_matrix(values, rows, params.lags, [others[name] for name in params.predictors])
            for values in source.log_norms
        ]
    )
    observed = source.log_norms[:, rows]
    reasons = [
        reason or _reason(x, y, source.params.drop, params)
        for reason, x, y in zip(source.reasons, design, observed, strict=True)
    ]
    fits = []
    for layer, reason in enumerate(reasons):
        job.report(layer / len(reasons), f"regression in layer {layer}")
        fits.append(None if reason else _fit(design[layer], observed[layer], params))
    each, alone, predicted = _gather(fits, len(terms), len(rows))
    return Result(
        params=params,
        site=source.params.site,
        layers=source.layers,
        terms=terms,
        **each,
        q=benjamini_hochberg(each["p"]),
        **alone,
        n=len(rows),
        rows=rows,
        design=design,
        observed=observed,
        predicted=predicted,
        reasons=tuple(reasons),
    )


def tables(result: Result) -> dict[str, Table | Arrays]:
    """Return ``adjustments/regression.csv``: one line per layer and term."""
    layer, term = (axis.ravel() for axis in np.indices(result.coef.shape))
    columns = {
        "layer": np.array(result.layers)[layer],
        "term": np.array(result.terms)[term],
        **{name: getattr(result, name).ravel() for name in ("coef", "se", "t", "p", "q")},
        "low": result.low.ravel(),
        "high": result.high.ravel(),
        **{name: getattr(result, name)[layer] for name in _OF_LAYERS},
        "n": np.full(layer.size, result.n),
        "covariance": np.full(layer.size, result.params.covariance),
        "note": np.full(layer.size, result.note),
        "reason": _reasons(result)[layer],
    }
    return {"adjustments/regression.csv": Table(columns)}


def _reasons(result: Result) -> NDArray[np.str_]:
    """Return, by layer, why some of its numbers are undefined."""
    unchecked = "too few rows, or no residuals, for Breusch–Godfrey"
    fitted = np.where(np.isnan(result.breusch_godfrey), unchecked, "")
    reasons = np.array(result.reasons, dtype=np.str_)
    return np.where(reasons != "", reasons, fitted)


def design_matrix(
    values: NDArray[np.float64],
    rows: NDArray[np.int64],
    lags: int,
    others: Sequence[NDArray[np.float64]] = (),
) -> NDArray[np.float64]:
    """Return a column of ones, the lagged values, and the other predictors, (n_rows, n_terms).

    Examples
    --------
    >>> design_matrix(np.array([1.0, 2, 4, 8]), np.array([2, 3]), 2)
    array([[1., 2., 1.],
           [1., 4., 2.]])
    """
    lagged = [values[rows - lag] for lag in range(1, lags + 1)]
    columns = [np.ones(len(rows)), *lagged, *(other[rows] for other in others)]
    return np.stack(columns, axis=1)


_OF_LAYERS = ("r2", "adj_r2", "f", "f_p", *CHECKS)
_EACH = {"coef": "params", "se": "bse", "t": "tvalues", "p": "pvalues"}
_ALONE = {"r2": "rsquared", "adj_r2": "rsquared_adj", "f": "fvalue", "f_p": "f_pvalue"}


def _fit(x: NDArray[np.float64], y: NDArray[np.float64], params: Params) -> dict[str, Any]:
    from statsmodels.regression.linear_model import OLS
    from statsmodels.stats.stattools import durbin_watson

    robust = params.covariance == "HC3"
    fit = OLS(y, x).fit(**({"cov_type": "HC3", "use_t": True} if robust else {}))
    statistic, p = _breusch_godfrey(fit, params.lags)
    low, high = fit.conf_int(0.05).T
    return {
        **{name: getattr(fit, theirs) for name, theirs in (_EACH | _ALONE).items()},
        "low": low,
        "high": high,
        "durbin_watson": durbin_watson(fit.resid),
        "breusch_godfrey": statistic,
        "breusch_godfrey_p": p,
        "predicted": fit.fittedvalues,
    }


def _breusch_godfrey(fit: Any, lags: int) -> tuple[float, float]:
    """Return n·R² of the residuals on the design and their own lags, and its p (Godfrey 1978).

    Residuals before the first are zero, as statsmodels has them.  NaN where too few rows are left
    for as many terms, or the fit is perfect.
    """
    from scipy.stats import chi2
    from statsmodels.regression.linear_model import OLS

    design, e = fit.model.exog, fit.resid
    n_rows, n_terms = design.shape
    if n_rows <= n_terms + lags or is_constant(e, np.abs(fit.model.endog).max()):
        return np.nan, np.nan
    lagged = [np.append(np.zeros(lag), e[:-lag]) for lag in range(1, lags + 1)]
    statistic = n_rows * OLS(e, np.column_stack([design, *lagged])).fit().rsquared
    return float(statistic), float(chi2.sf(statistic, lags))


def _gather(
    fits: Sequence[dict[str, Any] | None], n_terms: int, n_rows: int
) -> tuple[dict[str, Any], dict[str, Any], NDArray[np.float64]]:
    """Stack the layers' numbers; NaN where there is no fit."""

    def stack(name: str, *shape: int) -> NDArray[np.float64]:
        stacked = np.full((len(fits), *shape), np.nan)
        for layer, fit in enumerate(fits):
            if fit is not None:
                stacked[layer] = fit[name]
        return stacked

    each = {name: stack(name, n_terms) for name in (*_EACH, "low", "high")}
    alone = {name: stack(name) for name in _OF_LAYERS}
    return each, alone, stack("predicted", n_rows)


def _reason(x: NDArray[np.float64], y: NDArray[np.float64], drop: int, params: Params) -> str:
    n_rows, n_terms = x.shape
    if n_rows <= n_terms:
        return f"it needs at least {drop + params.lags + n_terms + 1} tokens"
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return "a predictor is not finite"
    if adjustments.alike(y):
        return "all norms are equal"
    if not _independent(x[:, 1:]):
        return "its predictors are not independent of each other"
    return ""


def _independent(x: NDArray[np.float64]) -> bool:
    """Return whether columns (n_rows, n) are independent of ones and of each other.

    Sums in float32 leave differences that no arithmetic in float64 takes for none.
    """
    centred = x - x.mean(axis=0)
    if np.any(adjustments.alike(x.T)):
        return False
    unit = centred / np.linalg.norm(centred, axis=0)
    return bool(np.linalg.matrix_rank(unit, tol=_ROUNDING) == x.shape[1])
