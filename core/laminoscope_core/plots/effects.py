"""Effects: what interventions do to the followed tokens, beside random controls."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis.effects import Result
from laminoscope_core.plots.choices import check_choice
from laminoscope_core.plots.inside import nothing_to_show, target_number
from laminoscope_core.plots.shown import Axis, Bars, Entry, Frame, Mark, Rule, Shown, limits_around
from laminoscope_core.plots.text import number
from laminoscope_core.tables import Table
from laminoscope_core.text import visible_text

__all__ = ["METRICS", "View", "show"]

_UNALTERED = "nothing is altered yet"

METRICS: Mapping[str, str] = {"logit": "logit", "probability": "probability"}
"""What the bars may be differences of."""


@dataclass(frozen=True)
class View:
    """What is shown.

    Attributes
    ----------
    metric : str
        A key of `METRICS`.
    target : str
        The followed token; "" for the first.
    """

    metric: str = "logit"
    target: str = ""

    def __post_init__(self) -> None:
        check_choice("metric", self.metric, METRICS)


def show(results: Mapping[str, Any], view: View) -> Shown:
    """Return a bar per intervention, those of random other heads in grey beside it."""
    result: Result = results["effects"]
    reading = result.reading
    if reading is None:
        return nothing_to_show("effects", result.reason or "nothing is altered yet")
    target = max(target_number(result, view.target), 0)
    before = float(getattr(reading, f"before_{view.metric}")[target])
    after = np.asarray(getattr(reading, f"after_{view.metric}")[:, target], dtype=np.float64)
    change = after - before
    y = np.arange(len(change), dtype=np.float64)
    is_control = np.array([bool(control) for control in reading.controls])
    labels = [
        f"random heads for {name}"
        if control
        else ("all" if name == "all" else f"intervention {name}")
        for name, control in zip(reading.names, reading.controls, strict=True)
    ]

    def says(rows: NDArray[np.intp], at: int) -> str:
        row = int(rows[at])
        numbers = f"{number(before, 3)} → {number(after[row], 3)}"
        seed = f", seed {reading.controls[row]}" if reading.controls[row] else ""
        return f"{labels[row]}{seed}  {reading.reasons[row] or numbers}"

    marks: dict[str, Mark] = {
        name: Bars(
            at=y[chosen], lengths=change[chosen], colour=colour, thickness=0.7,
            says=partial(says, np.flatnonzero(chosen)),
        )
        for name, chosen, colour in (
            ("asked", ~is_control, "v"), ("control", is_control, "muted"),
        )
    }  # fmt: skip
    marks["zero"] = Rule(at=0.0, colour="muted")
    of = visible_text(result.watched.texts[target], spaces=True, limit=24)
    frame = Frame(
        Axis(*limits_around(change, np.zeros(1)), f"change of the {METRICS[view.metric]}"),
        Axis(len(y) - 0.4, -0.6, ticks=tuple(zip(y.tolist(), labels, strict=True))),
        marks,
        aspect=0.0,
        lines=1.3 * len(y) + 1,
        grid=False,
        beside=tuple((float(row), number(value, 3), "text") for row, value in enumerate(change)),
    )
    return Shown(
        {"effects": frame},
        lambda: Table(
            {
                "label": labels,
                "control": list(reading.controls),
                "before": np.full(len(y), before),
                "after": after,
                "change": change,
                "reason": list(reading.reasons),
            }
        ),
        title=f"What interventions do to {of} after the last token",
        note=f"{of}: {number(before, 3)} unaltered",
        key=(Entry("asked for", "v", "band"), Entry("random heads", "muted", "band")),
        widest=140.0,
    )
