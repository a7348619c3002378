"""A notice over the page that says what went wrong, or asks what to do."""

from collections.abc import Callable, Mapping
from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton

from laminoscope_widgets.named import tool_button
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["Cause", "MessageBar"]


class Cause(Enum):
    """What a message is about; when that is another, the message goes."""

    FORMS = auto()
    """What the forms say."""
    RUN = auto()
    """What was asked of the model, or of results, last."""
    RESULTS = auto()
    """What there is of results."""
    PLACE = auto()
    """The panel that has the keyboard."""
    OPENING = auto()
    """What was opened or fetched last."""
    WRITING = auto()
    """The file that was written last."""
    KEEPING = auto()
    """What is kept for recovery."""


class MessageBar(QFrame):
    """Shows one message until its cause has gone or it is dismissed.

    It never takes the keyboard or blocks.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice")
        self.label = QLabel()
        self.label.setObjectName("error")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._offers: list[QToolButton] = []
        self._about: Cause | None = None
        dismiss = tool_button(tr("Dismiss"), tr("Take this message away."))
        dismiss.clicked.connect(self.clear)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 8, 6)
        self._row.addWidget(self.label, 1)
        self._row.addWidget(dismiss)
        self.hide()

    def say(
        self,
        text: str,
        details: str = "",
        offers: Mapping[str, Callable[[], object]] | None = None,
        *,
        about: Cause | None = None,
    ) -> None:
        """Show a message in place of the one before.

        Parameters
        ----------
        text : str
            What is said: a text of the window, or what core says.
        details : str
            What the tooltip adds, as a traceback.
        offers : mapping of str to callable, optional
            Buttons; pressing one hides the message and calls its function.
        about : Cause, optional
            With which it goes.
        """
        self._about = about
        self._remove_offers()
        self.label.setText(safe_text(shown_text(text), limit=2000))
        self.label.setToolTip(safe_text(details, limit=4000, rich=True) if details else "")
        for title, act in (offers or {}).items():
            self._add_offer(title, act)
        self.show()

    def settle(self, cause: Cause) -> None:
        """Notice that what messages may be about is another."""
        if self._about is cause:
            self.clear()

    def clear(self) -> None:
        """Hide the message."""
        self._about = None
        self._remove_offers()
        self.hide()

    def _add_offer(self, title: str, act: Callable[[], object]) -> None:
        def accept() -> None:
            self.clear()
            act()

        button = tool_button(title, tr("Do what the message offers."))
        button.clicked.connect(accept)
        self._row.insertWidget(self._row.count() - 1, button)
        self._offers.append(button)

    def _remove_offers(self) -> None:
        for button in self._offers:
            self._row.removeWidget(button)
            button.deleteLater()
        self._offers = []
