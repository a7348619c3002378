"""The status bar: what was done, model, verification, memory; `jobs.line` shows jobs in it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QSizePolicy, QStatusBar

from laminoscope.jobs.pace import foreseen
from laminoscope_core.models.model import ModelInfo
from laminoscope_widgets.labels import ElidedLabel
from laminoscope_widgets.panel import plain_label
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr, tr_n

if TYPE_CHECKING:
    from laminoscope_core.recording.plan import Forecast
    from laminoscope_core.recording.verify import Verification

__all__ = ["Status"]

_GIB = 2**30
_PADDING = 7
_LEAST = 40
"""Pixels of a text that is shortened where there is no room."""


class Status(QObject):
    """Fills a window's status bar.

    Parameters
    ----------
    bar : QStatusBar
        The bar.
    """

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        bar.setSizeGripEnabled(False)
        self.job, self.verified = plain_label(), plain_label()
        self.model, self.memory = ElidedLabel(), ElidedLabel()
        for label in (self.model, self.memory):  # as much of it as all have room for
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            label.setMinimumWidth(_LEAST)
        self.model.set_full_text(tr("no model"))
        bar.addWidget(self.job, 1)
        for widget in (self.model, self.verified, self.memory):
            bar.addPermanentWidget(widget)
        self._forecast: Forecast | None = None
        self._expected: float | None = None
        self._memory_timer = QTimer(bar, interval=1000)
        self._memory_timer.timeout.connect(self.show_memory)
        self._memory_timer.start()
        QTimer.singleShot(0, self, self.show_memory)

    def say(self, text: str) -> None:
        """Say what has been done."""
        self.job.setText(safe_text(text, limit=90))

    def show_model(self, info: ModelInfo | None, *, is_open: bool = True) -> None:
        """Name the model whose results are shown."""
        if info is None:
            self.model.set_full_text(tr("no model"))
            self.verified.setText("")
            return
        where = f"{info.device} · {info.dtype}" if is_open else tr("not open")
        title = safe_text(info.title, limit=40)
        layers = tr_n("{n} layer", "{n} layers", info.n_layers)
        self.model.set_full_text(f"{title} · {layers} · {where}")
        self.verified.setText(tr("capture not verified yet") if is_open else "")
        self.verified.setToolTip("")

    def show_verification(self, verification: "Verification") -> None:
        """Say whether captures were found exact, and in the tooltip what was compared."""
        self.verified.setText(safe_text(shown_text(verification.summary), limit=60))
        lines = [
            f"{shown_text(check.name)}: {shown_text(check.detail)}" for check in verification.checks
        ]
        lines += [
            tr("no {site}: {reason}", site=site, reason=shown_text(reason))
            for site, reason in verification.missing.items()
        ]
        lines += [tr("not used: {tensor}", tensor=unused) for unused in verification.unused]
        tip = "<br>".join(safe_text(line, limit=160, rich=True) for line in lines)
        self.verified.setToolTip(tip)

    def show_forecast(self, forecast: "Forecast | None") -> None:
        """Say what the next run is expected to take."""
        self._forecast = forecast
        self.show_memory()

    def show_expected(self, seconds: float | None) -> None:
        """Say how long the next run will take, if that is long and is known."""
        self._expected = seconds
        self.show_memory()

    def show_memory(self) -> None:
        """Say how much memory is used, and what the run is expected to need."""
        import psutil

        used = psutil.Process().memory_info().rss / _GIB
        total = psutil.virtual_memory().total / _GIB
        forecast = ""
        if self._forecast is not None:
            needed = f"{self._forecast.peak / _GIB:.1f}"
            fits = self._forecast.fits
            forecast = tr(
                " (run: {needed})" if fits else " (run: {needed}, too much)", needed=needed
            )
            weights, activations, peak = (
                f"{getattr(self._forecast, name) / _GIB:.2f} GB"
                for name in ("weights", "activations", "peak")
            )
            expected = tr(
                "Expected for a run: weights {weights}, activations {activations}, in all {peak}.",
                weights=weights,
                activations=activations,
                peak=peak,
            )
            advice = safe_text(shown_text(self._forecast.advice), limit=400, rich=True)
            self.memory.setToolTip(f"{expected} {advice}")
        memory = tr(
            "memory {used}{run} of {total} GB",
            used=f"{used:.1f}",
            run=forecast,
            total=f"{total:.0f}",
        )
        least = self.memory.fontMetrics().horizontalAdvance(memory) + 2 * _PADDING
        self.memory.setMinimumWidth(least)
        time = foreseen(self._expected)
        self.memory.set_full_text(memory + (tr(" · run: {time}", time=time) if time else ""))

    def close(self) -> None:
        """Measure no more."""
        self._memory_timer.stop()
