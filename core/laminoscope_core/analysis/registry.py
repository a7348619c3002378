"""All analyses, in the order in which they run.

An analysis is a module with a frozen ``Params``, a frozen ``Result``, ``run`` and ``tables``,
and one line here.  Command line, export and window find it through `ANALYSES`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from laminoscope_core.analysis import (
    adjustments,
    cka,
    comparison,
    continuation,
    direct,
    regression,
    rsa,
    rsa_chance,
    separability,
    separability_chance,
    similarity,
)
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.job import Job
from laminoscope_core.tables import Arrays, Table

__all__ = ["ANALYSES", "Analysis"]


class _Module(Protocol):
    @property
    def Params(self) -> type[Any]: ...

    def run(self, inputs: Inputs, params: Any, job: Job) -> Any: ...

    def tables(self, result: Any) -> Mapping[str, Table | Arrays]: ...


@dataclass(frozen=True)
class Analysis:
    """One analysis: what it needs and how to run it.

    Attributes
    ----------
    id : str
        Key of its result in `Inputs.results`.
    title : str
        Its name for people, also said while it runs.
    section : str
        Section of the experiment that it belongs to.
    sites : tuple of str
        What must be captured for it.
    after : tuple of str
        Ids of the analyses whose results it reads.
    module : module
        Where ``Params()``, ``run(inputs, params, job)`` and ``tables(result)`` are.
    long : bool
        Whether it may take minutes: a window lets others pass it, and shows what it has so far.
    """

    id: str
    title: str
    section: Literal["words", "text", "prompts"]
    sites: tuple[str, ...]
    after: tuple[str, ...]
    module: _Module
    long: bool = False


_QKV = ("q", "k", "v")
_TEXT = ("attn_out", "attn_added", "mlp_out", "resid_out")

ANALYSES: tuple[Analysis, ...] = (
    Analysis("similarity", "Word similarity", "words", _QKV, (), similarity),
    Analysis("direct", "Direct correlation", "words", _QKV, (), direct),
    Analysis("rsa", "RSA scores", "words", _QKV, ("similarity",), rsa),
    Analysis("separability", "Separability", "words", _QKV, ("similarity",), separability),
    Analysis("cka", "Debiased CKA", "words", _QKV, (), cka),
    Analysis(
        "separability-chance",
        "Separability against chance",
        "words",
        _QKV,
        ("similarity", "separability"),
        separability_chance,
        long=True,
    ),
    Analysis(
        "rsa-chance",
        "RSA against chance",
        "words",
        _QKV,
        ("similarity", "rsa"),
        rsa_chance,
        long=True,
    ),
    Analysis("adjustments", "Token adjustments", "text", _TEXT, (), adjustments),
    Analysis("regression", "Lag regression", "text", _TEXT, ("adjustments",), regression),
    Analysis("continuation", "Candidates of the next token", "prompts", (), (), continuation),
    Analysis("comparison", "Comparison", "prompts", (), ("continuation",), comparison),
)
