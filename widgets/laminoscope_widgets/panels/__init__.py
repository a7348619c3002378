"""All panels, in the order of the View menu; the module of one is imported when it is made."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module

from laminoscope_core.plots.registry import PLOTS, section_rows
from laminoscope_widgets.panel import Panel

__all__ = ["FORMS", "PANELS", "panel_class"]

_OWN = (
    "similarity",
    "laminar",
    "rsa-heads",
    "rsa-depth",
    "rsa-predictors",
    "rsa-map",
    "rsa-models",
    "pairs",
    "rsa-contrast",
    "tokens",
    "adjustments",
    "regression",
    "fit",
    "token-compare",
    "writing",
    "chain",
    "candidates",
    "compare",
    "chains",
    "cuts",
    "loops",
    "watch",
    "lens",
    "followed",
    "ledger",
    "heads",
    "rotation",
    "neighbours",
    "neurons",
    "normalisation",
    "redundancy",
    "attention",
    "donors",
    "effects",
)
"""Panels of plots that offer choices, or are painted in a way of their own."""

_FORMS = {"words": "words", "text": "text", "prompts": "prompts", "inside": "inside"}
FORMS = (*_FORMS.values(), "chain")
"""Panels that are a section of an experiment as a form."""
_DETAILS = {"words": "details", "text": "token-details", "inside": "inside-details"}


def _panels() -> Iterator[str]:
    """Yield of each section: its form, a panel for every plot of its page, its details."""
    for section, form in _FORMS.items():
        yield form
        for row in section_rows(section):
            yield from (plot.id for plot in row)
        if section in _DETAILS:
            yield _DETAILS[section]


PANELS: tuple[str, ...] = tuple(_panels())


@cache
def panel_class(name: str) -> type[Panel]:
    """Return the class of the panel of an id, as ``TokenComparePanel`` of ``"token-compare"``."""
    if name in PLOTS and name not in _OWN:
        from laminoscope_widgets.plot_panel import panel_of

        return panel_of(PLOTS[name])
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    found: type[Panel] = getattr(module, f"{name.title().replace('-', '')}Panel")
    return found
