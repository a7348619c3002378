"""All analyses, in the order in which they run.

An analysis is a module with a frozen ``Params``, a frozen ``Result``, ``run`` and ``tables``,
and one line here.  Command line, export and window find it through `ANALYSES`; its module is
imported when something of it is used, so that a window is on screen before.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, Protocol, cast

if TYPE_CHECKING:
    from laminoscope_core.analysis.inputs import Inputs
    from laminoscope_core.job import Job
    from laminoscope_core.tables import Arrays, Table

__all__ = ["ANALYSES", "SECTIONS", "Analysis", "depending_on"]


class _Module(Protocol):
    @property
    def Params(self) -> type[Any]: ...

    @property
    def Result(self) -> type[Any]: ...

    def run(self, inputs: "Inputs", params: Any, job: "Job") -> Any: ...

    def tables(self, result: Any) -> "Mapping[str, Table | Arrays]": ...


@dataclass(frozen=True)
class Analysis:
    """One analysis: what it needs and how to run it.

    Attributes
    ----------
    id : str
        Key of its result in `Inputs.results`, and the name of its module.
    title : str
        Its name for people, also said while it runs.
    section : str
        Section of the experiment that it belongs to.
    sites : tuple of str
        What must be captured for it.
    after : tuple of str
        Ids of the analyses whose results it reads.
    long : bool
        Whether it may take minutes: a window lets others pass it, and shows what it has so far.
    """

    id: str
    title: str
    section: Literal["words", "text", "prompts", "inside"]
    sites: tuple[str, ...]
    after: tuple[str, ...]
    long: bool = False

    @property
    def module(self) -> _Module:
        """Where ``Params()``, ``run(inputs, params, job)`` and ``tables(result)`` are."""
        name = self.id.replace("-", "_")
        return cast(_Module, import_module(f"laminoscope_core.analysis.{name}"))


_QKV = ("q", "k", "v")
_TEXT = ("attn_out", "attn_added", "mlp_out", "resid_out")

ANALYSES: tuple[Analysis, ...] = (
    Analysis("similarity", "Word similarity", "words", _QKV, ()),
    Analysis("direct", "Direct correlation", "words", _QKV, ()),
    Analysis("rsa", "RSA scores", "words", _QKV, ("similarity",)),
    Analysis("separability", "Separability", "words", _QKV, ("similarity",)),
    Analysis("cka", "Debiased CKA", "words", _QKV, ()),
    Analysis(
        "separability-chance",
        "Separability against chance",
        "words",
        _QKV,
        ("similarity", "separability"),
        long=True,
    ),
    Analysis(
        "rsa-chance",
        "RSA against chance",
        "words",
        _QKV,
        ("similarity", "rsa"),
        long=True,
    ),
    Analysis("adjustments", "Token adjustments", "text", _TEXT, ()),
    Analysis("regression", "Lag regression", "text", _TEXT, ("adjustments",)),
    Analysis("continuation", "Candidates of the next token", "prompts", (), ()),
    Analysis("comparison", "Comparison", "prompts", (), ("continuation",)),
    Analysis("lens", "Logit lens", "inside", (), ()),
    Analysis("ledger", "Ledger of a logit", "inside", (), ()),
    Analysis("heads", "Attention heads", "inside", (), ()),
    Analysis("attention", "Attention of a layer", "inside", (), ()),
    Analysis("redundancy", "Redundancy of heads", "inside", (), ()),
    Analysis("rotation", "Rotation", "inside", (), ()),
    Analysis("balance", "Balance of the blocks", "inside", (), ()),
    Analysis("neurons", "Neurons", "inside", (), ()),
    Analysis("effects", "Effects of interventions", "inside", (), ()),
    Analysis("patch", "Patch map", "inside", (), ()),
    Analysis("neighbours", "Neighbours", "inside", (), ()),
)

SECTIONS = tuple(dict.fromkeys(analysis.section for analysis in ANALYSES))
"""The sections of an experiment that are captured, in the order in which they run."""


def depending_on(name: str) -> set[str]:
    """Return the ids of the analyses whose results change with an analysis, or with a section."""
    stale = {analysis.id for analysis in ANALYSES if name in (analysis.id, analysis.section)}
    for analysis in ANALYSES:
        if stale & set(analysis.after):
            stale.add(analysis.id)
    return stale
