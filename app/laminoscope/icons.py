"""Icons in the theme's colours."""

from PySide6.QtGui import QIcon, QPixmap

from laminoscope_resources import resource
from laminoscope_widgets.theme import Theme

__all__ = ["icon"]


def icon(name: str, theme: Theme | None = None) -> QIcon:
    """Return the application's icon (``"app"``) or a QtAwesome icon in a theme's text colour."""
    if name == "app":
        pixmap = QPixmap()
        pixmap.loadFromData(resource("icons", "laminoscope.png").read_bytes())
        return QIcon(pixmap)
    import qtawesome

    colours = {} if theme is None else {"color": theme.text, "color_disabled": theme.muted}
    made: QIcon = qtawesome.icon(name, **colours)
    return made
