"""Light and dark, designed once: the colours of the window and of every exported figure."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = [
    "DARK",
    "DEPTH",
    "DEPTH_PARTS",
    "DIVERGING",
    "DIVERGING_MAPS",
    "GROUNDS",
    "LIGHT",
    "ON_MAP",
    "SEQUENTIAL",
    "SEQUENTIAL_MAPS",
    "SITE_LABELS",
    "THEMES",
    "Theme",
    "on_colour",
    "pair_label",
    "short_pair_label",
    "site_label",
]

SEQUENTIAL = "magma"
DEPTH = "viridis"
DIVERGING = "matplotlib:coolwarm"

SEQUENTIAL_MAPS = (SEQUENTIAL, "inferno", "viridis", "cividis", "crameri:batlow", "gray")
DIVERGING_MAPS = (DIVERGING, "crameri:vik", "colorbrewer:RdBu", "colorbrewer:PuOr")
"""Maps of the ``cmap`` catalogue that are offered; the first is that of the beginning."""

DEPTH_PARTS = {"light": (0.0, 0.88), "dark": (0.18, 1.0)}
"""The part of the map of layers that stands out from the background, by appearance."""

GROUNDS = {"light": ("colorbrewer:YlOrBr", 0.0, 0.5), "dark": ("magma", 0.12, 0.5)}
"""Colours behind text, by appearance: a map, and the part of it on which text can be read."""

ON_MAP = "#ffffff"
"""Lines over a colour map, in either appearance."""

SITE_LABELS = {
    "embedding": "Embedding",
    "resid_in": "Stream in",
    "resid_mid": "Stream middle",
    "resid_out": "Stream out",
    "q": "Q",
    "k": "K",
    "v": "V",
    "q_used": "Q used",
    "k_used": "K used",
    "attn_out": "Attention out",
    "attn_added": "Attention added",
    "mlp_out": "MLP out",
    "mlp_added": "MLP added",
}
"""How a site at which words are compared is written."""


_SHORT = {
    "embedding": "Emb",
    "resid_in": "In",
    "resid_mid": "Mid",
    "resid_out": "Out",
    "q_used": "Q′",
    "k_used": "K′",
    "attn_out": "Attn",
    "attn_added": "Attn+",
    "mlp_out": "MLP",
    "mlp_added": "MLP+",
}


def short_pair_label(pair: str) -> str:
    """Return how a pair of sites is written where there is little room.

    Examples
    --------
    >>> short_pair_label("q-k"), short_pair_label("resid_out-mlp_added")
    ('Q–K', 'Out–MLP+')
    """
    return "–".join(_SHORT.get(site, site_label(site)) for site in pair.split("-"))


def site_label(site: str) -> str:
    """Return how a site is written; its own name if it has no other.

    Examples
    --------
    >>> site_label("q"), site_label("resid_out")
    ('Q', 'Stream out')
    """
    return SITE_LABELS.get(site, site)


def pair_label(pair: str) -> str:
    """Return how a pair of sites is written.

    Examples
    --------
    >>> pair_label("q-k"), pair_label("q-resid_out")
    ('Q–K', 'Q–Stream out')
    """
    first, _, second = pair.partition("-")
    return f"{site_label(first)}–{site_label(second)}" if second else site_label(first)


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance, as ``#rrggbb``.

    Attributes
    ----------
    name : str
        ``"light"`` or ``"dark"``.
    window, surface, raised : str
        Behind the panels, inside them, and on buttons and headers.
    text, muted : str
        Reading text and secondary text.
    border, grid : str
        Lines between things, and inside plots.
    accent, on_accent : str
        The selection, and text on it.
    on_map : str
        The selection on a colour map, none of which has this colour.
    danger : str
        Errors.
    sites : dict
        Colour of ``"q"``, ``"k"`` and ``"v"`` (Okabe–Ito).
    pairs : dict
        Colour of ``"q-k"``, ``"q-v"`` and ``"k-v"``.
    series : tuple
        Colours of other sites and other pairs.
    categories : tuple
        Colours of word categories, in order; none is near that of a site or a pair, and the
        colour-blind can tell them apart.
    sequential, diverging, depth : str
        Colour maps of the ``cmap`` catalogue: of numbers, of numbers about zero, of layers.
    """

    name: str
    window: str
    surface: str
    raised: str
    text: str
    muted: str
    border: str
    grid: str
    accent: str
    on_accent: str
    on_map: str
    danger: str
    sites: dict[str, str]
    pairs: dict[str, str]
    series: tuple[str, ...]
    categories: tuple[str, ...]
    sequential: str = SEQUENTIAL
    diverging: str = DIVERGING
    depth: str = DEPTH

    def colour(self, meaning: str) -> str:
        """Return the colour of what something means.

        Parameters
        ----------
        meaning : str
            A site (``"q"``), a pair of sites (``"q-k"``), one of `series` or a category by its
            number (``"series 4"``, ``"category 2"``), or another attribute (``"accent"``).

        Raises
        ------
        KeyError
            Nothing is called so.
        """
        if meaning in self.sites:
            return self.sites[meaning]
        if meaning in self.pairs:
            return self.pairs[meaning]
        if (place := series_number(meaning)) is not None:
            return self.series[place % len(self.series)]
        kind, _, number = meaning.partition(" ")
        if kind == "series":
            return self.series[int(number) % len(self.series)]
        if kind == "category":
            return self.categories[int(number) % len(self.categories)]
        if meaning not in _NAMED:
            raise KeyError(meaning)
        return str(getattr(self, meaning))


_NAMED = frozenset(
    ("window", "surface", "raised", "text", "muted", "border", "grid", "accent", "on_map", "danger")
)

LIGHT = Theme(
    name="light",
    window="#eceef1",
    surface="#ffffff",
    raised="#f5f6f8",
    text="#1c2128",
    muted="#5f6b7a",
    border="#d3d8df",
    grid="#8a94a3",
    accent="#d6336c",
    on_accent="#ffffff",
    on_map="#00e5ff",
    danger="#b42318",
    sites={"q": "#d55e00", "k": "#009e73", "v": "#0072b2"},
    pairs={"q-k": "#b0558a", "q-v": "#d98c00", "k-v": "#3d9fd8"},
    series=(
        "#7a5195",
        "#4c7a34",
        "#c2410c",
        "#0f766e",
        "#8a6d1a",
        "#a3195b",
        "#3b5bb5",
        "#6b7280",
        "#b07aa1",
        "#2c8c99",
        "#9c6b30",
        "#5f8f00",
    ),
    categories=(
        "#2f2feb",
        "#a6a64b",
        "#591212",
        "#21a6a6",
        "#6a83eb",
        "#658053",
        "#121259",
        "#284659",
    ),
)

DARK = Theme(
    name="dark",
    window="#14171c",
    surface="#1c2027",
    raised="#262b34",
    text="#e6e9ee",
    muted="#98a2b1",
    border="#343b46",
    grid="#77818f",
    accent="#ff5c93",
    on_accent="#1c1014",
    on_map="#00e5ff",
    danger="#ff8a7a",
    sites={"q": "#f07a30", "k": "#1fbf92", "v": "#4aa3e6"},
    pairs={"q-k": "#dd8fbd", "q-v": "#f0ad2d", "k-v": "#7cc8f3"},
    series=(
        "#b392d6",
        "#8fc06f",
        "#f98a5c",
        "#4fc3b5",
        "#d6b656",
        "#ef6fa5",
        "#8aa4ef",
        "#a7b0bd",
        "#d5a6cb",
        "#6bc4d1",
        "#d0a06a",
        "#a8d145",
    ),
    categories=(
        "#a02feb",
        "#ebeb2f",
        "#a6836c",
        "#98ebeb",
        "#cc5ccc",
        "#806b19",
        "#ebda98",
        "#a64b81",
    ),
)


def series_number(meaning: str) -> int | None:
    """Return the number of a site, or of a pair of sites; None for anything else.

    Each keeps it, and so its colour, whatever it is shown beside.

    Examples
    --------
    >>> series_number("embedding"), series_number("resid_in-resid_out"), series_number("accent")
    (0, 4, None)
    """
    sites = list(SITE_LABELS)
    parts = meaning.split("-")
    if len(parts) > 2 or not set(parts) <= SITE_LABELS.keys():
        return None
    return sum(map(sites.index, parts))


THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def on_colour(rgb: Iterable[float]) -> str:
    """Return black or white, whichever has the larger contrast with a colour.

    Parameters
    ----------
    rgb : iterable of float
        Red, green and blue of sRGB, 0 to 1; contrast is that of WCAG 2.1.

    Examples
    --------
    >>> on_colour((1.0, 1.0, 0.6)), on_colour((0.3, 0.0, 0.4))
    ('#000000', '#ffffff')
    """
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in rgb]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#000000" if (luminance + 0.05) ** 2 > 1.05 * 0.05 else "#ffffff"
