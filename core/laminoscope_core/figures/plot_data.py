"""What a plot shows, as one table with its labels."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from laminoscope_core.tables import Table

__all__ = ["PlotData"]


@dataclass(frozen=True, eq=False)
class PlotData:
    """Everything that a plot draws.

    Attributes
    ----------
    table : Table
        One line for every mark, with all its coordinates; undefined numbers are NaN.
    labels : mapping of str to str
        Axis labels with units, titles with n, notes; text of the user's as it is, made safe by
        whoever draws it.
    limits : mapping of str to (float, float)
        Limits of axes and colour maps that do not follow from the table alone.
    """

    table: Table
    labels: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, tuple[float, float]] = field(default_factory=dict)
