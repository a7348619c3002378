"""The bar below the tools that says what alters the model, and ends it with one click."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QToolBar

from laminoscope_widgets.labels import ElidedLabel
from laminoscope_widgets.named import tool_button
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["AlteringBar"]


class AlteringBar(QToolBar):
    """Names interventions; shown while there are any.

    Signals: ``state_wanted(altered)``, ``compute_wanted()`` and ``clear_wanted()``.
    """

    state_wanted = Signal(bool)
    compute_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(tr("Altered model"))
        self.setObjectName("altering")
        self.setMovable(False)
        self.what = ElidedLabel()
        self.what.setObjectName("error")
        self.what.setMinimumWidth(120)
        self.what.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(self.what)
        self.compute = tool_button(
            tr("Compute"), tr("Run the altered model for this page; what is shown stays beside it.")
        )
        self._compute = self.addWidget(self.compute)
        self.compute.clicked.connect(self.compute_wanted)
        self.state = tool_button(
            tr("≠ altered"),
            tr("Show the altered model on all pages, or the model as it is."),
            tr("Show the altered model"),
            checkable=True,
        )
        self._state = self.addWidget(self.state)
        self.state.clicked.connect(self.state_wanted)
        clear = tool_button(
            tr("Clear all"), tr("Take back all interventions: the model is what it was.")
        )
        self.addWidget(clear)
        clear.clicked.connect(self.clear_wanted)
        self.clear_all = clear
        self.hide()

    def show_alterations(
        self, text: str, whole: str, *, altered: bool, has_both: bool, can_compute: bool
    ) -> None:
        """Say what alters the model.

        Parameters
        ----------
        text : str
            Safe to show; nothing is altered if it is empty.
        whole : str
            The same with everything that is altered by number, for the tool tip.
        altered : bool
            Whether the altered model is shown.
        has_both : bool
            Whether there is something of it to show.
        can_compute : bool
            Whether the page lacks it.
        """
        self.what.set_full_text(text)
        self.what.setToolTip(safe_text(whole, limit=None, rich=True))
        self.state.setChecked(altered)
        self._state.setVisible(has_both)
        self._compute.setVisible(can_compute)
        self.setVisible(bool(text))
