"""The sample experiments of the resources, as people choose them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from laminoscope_widgets.translation import mark, tr

__all__ = ["EXAMPLES", "Example", "ExamplesMenu"]


@dataclass(frozen=True)
class Example:
    """One sample experiment; its texts are English, to be shown by `tr`.

    Attributes
    ----------
    name : str
        Of its file in the resources.
    title : str
        For menus.
    question : str
        What it asks.
    """

    name: str
    title: str
    question: str


EXAMPLES = (
    Example(
        "words-qkv",
        mark("Words in categories"),
        mark("Do Q, K and V agree on which words are alike, and in which layers?"),
    ),
    Example(
        "text-adjustments",
        mark("A paragraph, token by token"),
        mark("What does attention add to each token, and do the tokens before predict how much?"),
    ),
    Example(
        "continuation",
        mark("Two prompts continued"),
        mark("Where does “ snow” stand after a white hare, and where after a brown one?"),
    ),
    Example(
        "inside-hare",
        mark("A white hare, layer by layer"),
        mark("In which layer, and after which token, does the snow appear?"),
    ),
)


class ExamplesMenu(QMenu):
    """All examples.

    Parameters
    ----------
    parent : QWidget
        The window.
    choose : callable
        Called with the name of an example.
    """

    def __init__(self, parent: QWidget, choose: Callable[[str], object]) -> None:
        super().__init__(tr("Exam&ples"), parent)
        self.setToolTipsVisible(True)
        for example in EXAMPLES:
            action = self.addAction(tr(example.title))
            action.setObjectName(f"example:{example.name}")
            action.setToolTip(tr(example.question))
            action.triggered.connect(lambda _=False, name=example.name: choose(name))
