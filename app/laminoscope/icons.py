"""Icons in the theme's colours."""

from PySide6.QtGui import QIcon, QPixmap

from laminoscope_resources import resource
from laminoscope_widgets.theme import Theme

__all__ = ["icon", "window_icon"]

_SIZES = (16, 32, 48)
"""Pixels, for screens of a scale up to three."""


def window_icon() -> QIcon:
    """Return the application's icon."""
    pixmap = QPixmap()
    pixmap.loadFromData(resource("icons", "laminoscope.png").read_bytes())
    return QIcon(pixmap)


def icon(name: str, theme: Theme) -> QIcon:
    """Return an icon of the resources in a theme's colours, muted where it is disabled."""
    drawing = resource("icons", f"{name}.svg").read_text(encoding="ascii")
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, theme.text), (QIcon.Mode.Disabled, theme.muted)):
        for size in _SIZES:
            sized = f'width="{size}" height="{size}"'
            svg = drawing.replace('width="16" height="16"', sized)
            pixmap = QPixmap()
            pixmap.loadFromData(svg.replace("currentColor", colour).encode("ascii"), "SVG")
            made.addPixmap(pixmap, mode)
    return made
