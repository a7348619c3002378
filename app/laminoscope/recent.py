"""The menu of files and models that were opened lately."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from laminoscope.preferences import Preferences
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import tr

__all__ = ["RecentMenu", "recent_names"]


class RecentMenu(QMenu):
    """Filled when it is opened; files that are gone stay in it and say so.

    Parameters
    ----------
    parent : QWidget
        The window.
    preferences : Preferences
        Remember what was opened.
    choose_file : callable
        Called with a file's whole path.
    choose_model : callable
        Called with a model's source.
    """

    def __init__(
        self,
        parent: QWidget,
        preferences: Preferences,
        choose_file: Callable[[str], object],
        choose_model: Callable[[str], object],
    ) -> None:
        super().__init__(tr("Open r&ecent"), parent)
        self._preferences = preferences
        self._choose_file = choose_file
        self._choose_model = choose_model
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """List what was opened lately, files and models apart, the latest first."""
        self.clear()
        self._add_all(tr("Files"), self._preferences.recent_files, self._choose_file)
        self._add_all(tr("Models"), self._preferences.recent_models, self._choose_model)
        if self.isEmpty():
            self.addAction(tr("Nothing yet")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(tr("Clear"), self._preferences.forget_recent)

    def _add_all(self, title: str, sources: Sequence[str], choose: Callable[[str], object]) -> None:
        if sources:
            self.addSection(title)
        for source, name in recent_names(sources).items():
            action = self.addAction(safe_text(name, limit=80).replace("&", "&&"))
            action.setToolTip(safe_text(source, limit=200, rich=True))
            action.triggered.connect(lambda _=False, chosen=source: choose(chosen))


def recent_names(sources: Sequence[str]) -> dict[str, str]:
    """Return what files and models are called in a list; a folder tells two of one name apart.

    Parameters
    ----------
    sources : sequence of str
        Whole paths, names of the catalog, or names of a hub's repositories.

    Returns
    -------
    dict of str to str
        By source, in the same order.

    Examples
    --------
    >>> list(recent_names(["gpt2", "owner/name"]).values())
    ['GPT-2 small (124M)', 'owner/name']
    """
    from laminoscope_core.models.catalog import catalog

    paths = {source: Path(source) for source in sources if Path(source).is_absolute()}
    alike = Counter(path.name for path in paths.values())
    names = {}
    for source in sources:
        if (path := paths.get(source)) is None:
            entry = catalog().get(source)
            names[source] = source if entry is None else entry.title
            continue
        folder = f" ({path.parent})" if alike[path.name] > 1 else ""
        gone = "" if path.exists() else f" ({tr('not found')})"
        names[source] = f"{path.name}{folder}{gone}"
    return names
