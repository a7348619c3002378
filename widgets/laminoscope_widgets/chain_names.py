"""What chains are called in the window."""

from laminoscope_core.sampling import PRESETS
from laminoscope_core.sampling.named import THIS_CHAIN
from laminoscope_widgets.text import safe_text
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["chain_name"]


def chain_name(name: str, limit: int = 60) -> str:
    """Return what a chain is called: built-in ones in the window's language, others as they are.

    Parameters
    ----------
    name : str
        Of a preset, of a saved chain, or `THIS_CHAIN`.
    limit : int
        Characters at most.
    """
    if name == THIS_CHAIN:
        return tr("this chain")
    return safe_text(shown_text(name) if name in PRESETS else name, limit=limit)
