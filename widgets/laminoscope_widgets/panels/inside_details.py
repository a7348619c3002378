"""Details inside the blocks: what the layer would say after the selected token, and help."""

from laminoscope_core.analysis.lens import Result
from laminoscope_core.plots.prompts import probability
from laminoscope_core.plots.text import number
from laminoscope_widgets.details_panel import SelectionPanel
from laminoscope_widgets.number_table import NumberTable
from laminoscope_widgets.panel import Workspace
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["InsideDetailsPanel"]


class InsideDetailsPanel(SelectionPanel):
    """The followed tokens at the layer after the selected token, and a help text."""

    id = "inside-details"
    requires = ("lens",)
    help_topic = "inside-details"
    follows = ("layer", "tokens")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.followed = NumberTable(
            tr("Followed tokens at the layer"),
            tr("Probability, rank and logit of each followed token at the layer."),
            ["", "p", tr("rank"), tr("logit")],
            even=True,
        )
        self.arrange(self.followed, topic="lens")

    def update_view(self) -> None:
        """Fill the table for the selected layer and token."""
        result: Result = self.results["lens"]
        reading = result.reading
        layer = min(self.selection.layer, len(result.layers) - 1)
        self.layer_title.setText(tr("Layer {n} of 0–{last}", n=layer, last=len(result.layers) - 1))
        if reading is None:
            self.followed.set_row_count(0)
            self.selected_title.setText(tr("There is no lens"))
            self.selected_values.setText(shown_text(result.reason))
            return
        chosen = [token for token in self.selection.tokens if token < len(result.shown)]
        token = chosen[-1] if chosen else len(result.shown) - 1
        here = (len(result.states) - 1 if self.altered else 0, layer + 1, token)
        self.followed.set_row_count(result.watched.n)
        for row, text in enumerate(result.watched.texts):
            name = safe_text(text, spaces=True, limit=16)
            p, rank = reading.probability[here][row], reading.rank[here][row]
            logit = number(reading.logit[here][row])
            self.followed.fill(row, [name, probability(p), shown_text(f"{rank:,}"), logit])
        shown = safe_text(result.shown[token], spaces=True, limit=30)
        self.selected_title.setText(tr("after {token}, token {n}", token=shown, n=token))
        top = safe_text(result.token_names[str(reading.top_ids[here])], spaces=True, limit=30)
        values = tr(
            "likeliest {token}, p {p}", token=top, p=probability(reading.top_probability[here])
        )
        entropy = tr("entropy {n} nats", n=number(reading.entropy[here]))
        distance = tr("KL from the end {n} nats", n=number(reading.kl[here]))
        lines = [values, entropy, distance]
        if len(result.states) > 1:
            altered = tr("in the altered model") if self.altered else tr("in the model as it is")
            lines.insert(0, altered)
        self.selected_values.setText("\n".join(lines))
