"""What the palette finds: commands, tasks, panels, examples, tours, models, words, layers."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from PySide6.QtGui import QAction, QKeySequence

from laminoscope.examples import EXAMPLES
from laminoscope.layouts import TASKS, task_of
from laminoscope.opening import Opening
from laminoscope.palette import Entry
from laminoscope.parts import Parts
from laminoscope.recent import recent_names
from laminoscope.runs import Runs
from laminoscope.tours import TOURS
from laminoscope_core.models.catalog import catalog
from laminoscope_widgets.translation import language, tr

__all__ = ["entries"]


def entries(
    parts: Parts,
    actions: Iterable[QAction],
    runs: Runs,
    opening: Opening,
    begin_tour: Callable[[str], object],
) -> Iterator[Entry]:
    """Yield all that can be done or gone to now."""
    native = QKeySequence.SequenceFormat.NativeText
    for action in actions:
        if action.isEnabled() and action.text():
            title, shortcut = action.text().replace("&", ""), action.shortcut().toString(native)
            yield Entry(title, action.trigger, shortcut=shortcut)
    for task in TASKS:
        yield Entry(task.title, partial(runs.show_task, task), tr("Task"), task.keys)
    for task in TASKS:
        for name in task.panels:
            title = f"{parts.panels[name].shown_title} ({task.title})"
            yield Entry(title, partial(_go_to, parts, runs, name), tr("Panel"))
    for example in EXAMPLES:
        open_it = partial(opening.open_example, example.name)
        yield Entry(tr(example.title), open_it, tr("Example"))
    for tour in TOURS:
        yield Entry(tour.titles[language()], partial(begin_tour, tour.name), tr("Tour"))
    sources = dict.fromkeys([*parts.preferences.recent_models, *catalog()])
    for source, name in recent_names(list(sources)).items():
        yield Entry(name, partial(runs.open_model, source), tr("Model"), at_once=False)
    words = parts.controller.results.get("words")
    for index, word in enumerate(() if words is None else words.words):
        yield Entry(word, partial(_select_word, parts, runs, index), tr("Word"), at_once=False)
    info = parts.controller.info
    for layer in range(0 if info is None else info.n_layers):
        act = partial(setattr, parts.selection, "layer", layer)
        yield Entry(str(layer), act, tr("Layer"), at_once=False)


def _go_to(parts: Parts, runs: Runs, name: str) -> None:
    """Show a panel, on its page, and give it the keyboard."""
    runs.show_task(task_of(name))
    parts.pages.reveal(name)
    parts.panels[name].take_keyboard()


def _select_word(parts: Parts, runs: Runs, index: int) -> None:
    runs.show_task(next(task for task in TASKS if task.section == "words"))
    parts.selection.word = index
