"""The model menu: the catalog, other sources, device and precision."""

import sys
from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from laminoscope_core.experiment import ModelSection
from laminoscope_widgets.translation import mark, shown_text, tr

__all__ = ["ModelMenu"]


_TITLES = {"auto": mark("automatic"), "offload": mark("offload: what does not fit stays on disk")}


class ModelMenu(QMenu):
    """Filled when it opens.

    Parameters
    ----------
    parent : QWidget
        The window.
    actions : sequence of QAction
        Commands that open other models.
    section : callable
        Returns the experiment's model section.
    choose : callable
        Called with the model section that the user wants.
    """

    def __init__(
        self,
        parent: QWidget,
        actions: Sequence[QAction],
        section: Callable[[], ModelSection],
        choose: Callable[[ModelSection], None],
    ) -> None:
        super().__init__(parent)
        self._others = actions
        self._section = section
        self._choose = choose
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        from laminoscope_core.models.catalog import catalog

        self.clear()
        for menu in self.findChildren(QMenu):
            menu.deleteLater()
        for entry in catalog().values():
            action = self.addAction(entry.title)
            action.setToolTip(shown_text(entry.about))
            action.triggered.connect(lambda _=False, name=entry.name: self._take("source", name))
        self.addSeparator()
        self.addActions(self._others)
        self.addSeparator()
        self._add_choices(tr("Device"), "device", ("auto", *_device_names(), "offload"))
        self._add_choices(tr("Precision"), "dtype", ("auto", "float32", "bfloat16", "float16"))

    def _add_choices(self, title: str, field: str, names: tuple[str, ...]) -> None:
        menu = self.addMenu(title)
        for name in names:
            action = menu.addAction(tr(_TITLES[name]) if name in _TITLES else name)
            action.setCheckable(True)
            action.setChecked(getattr(self._section(), field) == name)
            action.triggered.connect(lambda _=False, chosen=name: self._take(field, chosen))

    def _take(self, field: str, value: str) -> None:
        self._choose(self._section().model_copy(update={field: value}))


def _device_names() -> tuple[str, ...]:
    if "torch" not in sys.modules:  # importing it takes seconds; a job does that
        return ("cpu",)
    from laminoscope_core.models.devices import available_devices

    return tuple(device.name for device in available_devices())
