"""The sample experiments of the resources, as people choose them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget

from laminoscope_widgets.translation import mark, tr

__all__ = ["EXAMPLES", "Example", "ExamplesMenu", "example_named"]


_TASKS = {"words": "words", "text": "tokens", "continuation": "continuation", "inside": "inside"}
"""Of examples, by what their names begin with."""


@dataclass(frozen=True)
class Example:
    """One sample experiment; its texts are English, to be shown by `tr`.

    Attributes
    ----------
    name : str
        Of its file in the resources, and of its picture.
    title : str
        For menus.
    question : str
        What it asks.
    panel : str
        Where to look first; the page as it is if empty.
    choices : mapping of str to object
        Of that panel's view.
    selected : mapping of str to object
        What is selected, by fields of `Selection`.
    """

    name: str
    title: str
    question: str
    panel: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    selected: Mapping[str, Any] = field(default_factory=dict)

    @property
    def task(self) -> str:
        """The id of the task whose page it opens."""
        return _TASKS[self.name.partition("-")[0]]


EXAMPLES = (
    Example(
        "words-qkv",
        mark("Words in categories"),
        mark("Do Q, K and V agree on which words are alike, and in which layers?"),
        panel="laminar",
    ),
    Example(
        "words-carriers",
        mark("One list, four sentences"),
        mark("How much of the geometry is the word's, and how much the sentence's?"),
        panel="laminar",
        selected={"layer": 15},
    ),
    Example(
        "words-heads",
        mark("Words, head by head"),
        mark("Which heads hold the geometry of their layer, and which tell categories apart?"),
        panel="rsa-heads",
        selected={"layer": 17, "head": 8},
    ),
    Example(
        "words-models",
        mark("Two models, the same words"),
        mark("Do two models agree on which words are alike, though nothing in them is the same?"),
        panel="rsa-models",
        choices={"kind": "maps"},
        selected={"layer": 10},
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
        panel="compare",
    ),
    Example(
        "inside-hare",
        mark("A white hare, layer by layer"),
        mark("In which layer, and after which token, does the snow appear?"),
        panel="followed",
    ),
    Example(
        "inside-sink",
        mark("The first token as a sink"),
        mark("Why do so many heads look at the first token, whatever it is?"),
        panel="heads",
        choices={"metric": "sink"},
        selected={"layer": 11, "token": 0},
    ),
    Example(
        "inside-alike",
        mark("Heads that say the same"),
        mark("Which heads look at the same tokens, and do those carry the same away?"),
        panel="redundancy",
        selected={"layer": 4, "head": 4},
    ),
    Example(
        "inside-rotation",
        mark("Rotation as a clockwork"),
        mark("How does a head know how far away a token is, and when does it stop caring?"),
        panel="rotation",
        selected={"layer": 2, "head": 1},
    ),
    Example(
        "inside-mlp",
        mark("An MLP without its residual"),
        mark("What happens if a block hands on only what its MLP writes?"),
        panel="effects",
        choices={"metric": "probability"},
        selected={"layer": 15},
    ),
    Example(
        "inside-king",
        mark("King and queen, with a control"),
        mark("Is a king less a man, plus a woman, near a queen, and what is near nonsense?"),
        panel="neighbours",
        choices={"of": "sum", "by": "embedding cosine"},
    ),
    Example(
        "inside-synonyms",
        mark("Synonyms and followers"),
        mark("Are the words that are like a word those that come after it?"),
        panel="neighbours",
        choices={"of": "embedding", "by": "embedding cosine"},
    ),
    Example(
        "inside-echo",
        mark("The echo of a short beginning"),
        mark("A model that reads the same little twice: does it say it a third time?"),
        panel="lens",
    ),
)
"""In the order of menus; the first is run where nothing else is asked for."""


def example_named(name: str) -> Example:
    """Return the example of a name."""
    return next(example for example in EXAMPLES if example.name == name)


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
