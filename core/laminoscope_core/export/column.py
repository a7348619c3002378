"""What a column of a table holds."""

from dataclasses import dataclass

__all__ = ["Column"]


@dataclass(frozen=True)
class Column:
    """What a column holds.

    Attributes
    ----------
    label : str
        Its name for people, as beside an axis.
    meaning : str
        One sentence; the label again where there is no more to say.
    unit : str
        Unit of its numbers; empty for texts, counts and what has none.
    """

    label: str
    meaning: str = ""
    unit: str = ""

    def __post_init__(self) -> None:
        if not self.meaning:
            object.__setattr__(self, "meaning", self.label)
