"""Details of tokens: the regression of the layer in full, the selected tokens, and help."""

import numpy as np

from laminoscope_core.analysis import adjustments, regression
from laminoscope_core.plots.regression import term_name
from laminoscope_core.plots.text import number
from laminoscope_widgets.details_panel import SelectionPanel
from laminoscope_widgets.number_table import NumberTable
from laminoscope_widgets.panel import Workspace, plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import mark, shown_text, tr

__all__ = ["TokenDetailsPanel"]


_OF_ONE = (
    mark("log norm at layer {layer} {value}"),
    mark("surprisal {value}"),
    mark("entropy before it {value} nats"),
)
_OF_SEVERAL = (
    mark("mean log norm at layer {layer} {value}"),
    mark("mean surprisal {value}"),
    mark("mean entropy {value} nats"),
)


class TokenDetailsPanel(SelectionPanel):
    """A regression summary for the layer, the numbers of the tokens, and a help text."""

    id = "token-details"
    requires = ("adjustments", "regression")
    help_topic = "token-details"
    follows = ("layer", "tokens")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.summary = plain_label("", "muted", wraps=True)
        self.coefficients = NumberTable(
            tr("Coefficients of the layer"),
            tr("Coefficient, standard error and t of each predictor."),
            ["", "β", tr("SE"), "t"],
        )
        self.chances = NumberTable(
            tr("Chance at the layer"),
            tr("p, q and the 95 % interval of each predictor."),
            ["", "p", "q", tr("95 % interval")],
        )
        self.arrange(self.coefficients, self.chances, self.summary, topic="tokens")

    def result_changed(self, analysis: str) -> None:
        """Drop a regression that belongs to older norms."""
        if analysis == "adjustments":
            self.results.pop("regression", None)

    def update_view(self) -> None:
        """Fill the summary for the selected layer and tokens."""
        norms: adjustments.Result = self.results["adjustments"]
        layer = min(self.selection.layer, len(norms.layers) - 1)
        self.layer_title.setText(
            tr("Layer {layer} of 0–{layers}", layer=layer, layers=len(norms.layers) - 1)
        )
        fit: regression.Result | None = self.results.get("regression")
        if fit is not None:
            self._fill_fit(fit, layer)
        self._fill_tokens(norms, layer)

    def _fill_fit(self, fit: regression.Result, layer: int) -> None:
        reason = fit.reasons[layer]
        for table in (self.coefficients, self.chances):
            table.setVisible(not reason)
            table.set_row_count(len(fit.terms))
        if reason:
            self.summary.setText(
                tr("The regression is undefined: {reason}.", reason=shown_text(reason))
            )
            return
        for row, term in enumerate(fit.terms):
            at = (layer, row)
            numbers = [number(values[at], 3) for values in (fit.coef, fit.se, fit.t)]
            name = shown_text(term_name(term))
            self.coefficients.fill(row, [name, *numbers])
            interval = f"{number(fit.low[at])}, {number(fit.high[at])}"
            chances = [name, _chance(fit.p[at]), _chance(fit.q[at]), interval]
            self.chances.fill(row, chances, ["", "", "", interval])
        n_terms = len(fit.terms)
        robust = [tr("HC3 standard errors")] if fit.params.covariance == "HC3" else []
        note = [f"{shown_text(fit.note)}."] if fit.note else []
        explained = tr(
            "R² {r2}, adjusted {adjusted}",
            r2=number(fit.r2[layer], 3),
            adjusted=number(fit.adj_r2[layer], 3),
        )
        lines = [
            *robust,
            explained,
            f"F({n_terms - 1}, {fit.n - n_terms}) = {number(fit.f[layer])},"
            f" p {_chance(fit.f_p[layer])}",
            f"n = {fit.n}, Breusch–Godfrey p {_chance(fit.breusch_godfrey_p[layer])},"
            f" Durbin–Watson {number(fit.durbin_watson[layer])}",
            *note,
        ]
        self.summary.setText("\n".join(lines))

    def _fill_tokens(self, norms: adjustments.Result, layer: int) -> None:
        chosen = [token for token in self.selection.tokens if token < len(norms.tokens)]
        if not chosen:
            self.selected_title.setText(tr("No token selected"))
            self.selected_values.setText(tr("Click a token; drag or shift-click for several."))
            return
        if len(chosen) == 1:
            (token,) = chosen
            shown = safe_text(norms.shown[token], spaces=True, limit=30)
            self.selected_title.setText(
                tr(
                    "{shown}   token {token}, id {id}",
                    shown=shown,
                    token=token,
                    id=norms.token_ids[token],
                )
            )
            texts = _OF_ONE
        else:
            self.selected_title.setText(tr("{n} tokens selected", n=len(chosen)))
            texts = _OF_SEVERAL
        numbers = (norms.log_norms[layer, chosen], norms.surprisal[chosen], norms.entropy[chosen])
        lines = (
            tr(text, layer=layer, value=_mean(each))
            for text, each in zip(texts, numbers, strict=True)
        )
        self.selected_values.setText("\n".join(lines))


def _mean(values: np.ndarray) -> str:
    known = values[np.isfinite(values)]
    return number(known.mean() if known.size else np.nan)


def _chance(value: float) -> str:
    return "<.001" if value < 0.001 else f"{value:.3f}"
