"""All analyses, in the order in which they run.

An analysis is a module with a frozen ``Params``, a frozen ``Result``, ``run`` and ``tables``,
and one line here.  Command line, export and window find it through `ANALYSES`; its module is
imported when something of it is used, so that a window is on screen before.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from laminoscope_core.analysis.inputs import Inputs
    from laminoscope_core.job import Job
    from laminoscope_core.tables import Arrays, Table
    from laminoscope_core.words_section import RsaSection

__all__ = [
    "AFTER",
    "ANALYSES",
    "BEFORE",
    "SECTIONS",
    "Analysis",
    "OfState",
    "depending_on",
    "plain",
]

AFTER = "after-"
"""What the ids of results of the altered model begin with, sections and analyses alike."""
BEFORE = "before-"
"""What stands, where the altered model is shown, before ids of results of the model as it is."""


class _Module(Protocol):
    @property
    def Params(self) -> type[Any]: ...

    @property
    def Result(self) -> type[Any]: ...

    def run(self, inputs: "Inputs", params: Any, job: "Job") -> Any: ...

    def tables(self, result: Any) -> "Mapping[str, Table | Arrays]": ...

    def params_of(self, rsa: "RsaSection") -> Any | None: ...


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
        Section of the experiment that it belongs to; one of the altered model begins with
        `AFTER`.
    sites : tuple of str
        What must be captured for it besides what an experiment asks for.
    after : tuple of str
        Ids of the analyses whose results it reads.
    long : bool
        Whether it may take minutes: a window lets others pass it, and shows what it has so far.
    rows : bool
        Whether it reads the activations too, which a session may be saved without, and not only the
        results of others.
    asked : bool
        Whether an experiment's section ``rsa`` says if and how it is run: its module has a
        ``params_of`` that returns its parameters, or None.
    """

    id: str
    title: str
    section: str
    sites: tuple[str, ...]
    after: tuple[str, ...]
    long: bool = False
    rows: bool = False
    asked: bool = False

    @property
    def module(self) -> _Module:
        """Where ``Params()``, ``run(inputs, params, job)`` and ``tables(result)`` are."""
        name = plain(self.id).replace("-", "_")
        return cast(_Module, import_module(f"laminoscope_core.analysis.{name}"))


_TEXT = ("attn_out", "attn_added", "mlp_out", "resid_out")


def plain(name: str) -> str:
    """Return the id that a result of the altered model has in the model as it is."""
    return name.removeprefix(AFTER)


class OfState(Mapping[str, Any]):
    """Results of the model as it is, or of the altered one, by the ids that they have in both.

    Parameters
    ----------
    results : mapping of str to object
        Of both.
    altered : bool
        Which; those of the altered model have the others beside them, by ids with `BEFORE`.

    Examples
    --------
    >>> results = {"rsa": 1, "after-rsa": 2}
    >>> dict(OfState(results)), dict(OfState(results, altered=True))
    ({'rsa': 1}, {'before-rsa': 1, 'rsa': 2})
    """

    def __init__(self, results: Mapping[str, Any], *, altered: bool = False) -> None:
        self._results = results
        self._names = {
            self.name_of(name, altered=altered): name
            for name in results
            if altered or not name.startswith(AFTER)
        }

    @staticmethod
    def name_of(name: str, *, altered: bool) -> str:
        """Return how a result is called where one of the two is shown."""
        return BEFORE + name if altered and not name.startswith(AFTER) else plain(name)

    def __getitem__(self, name: str) -> Any:
        return self._results[self._names[name]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def _altered(analysis: Analysis) -> Analysis:
    """Return an analysis of the altered model."""
    needed = tuple(AFTER + name for name in analysis.after)
    return replace(analysis, id=AFTER + analysis.id, section=AFTER + analysis.section, after=needed)


_OF_THE_MODEL: tuple[Analysis, ...] = (
    Analysis("similarity", "Word similarity", "words", (), ()),
    Analysis("direct", "Direct correlation", "words", (), ()),
    Analysis("rsa", "RSA scores", "words", (), ("similarity",)),
    Analysis("separability", "Separability", "words", (), ("similarity",)),
    Analysis("cka", "Debiased CKA", "words", (), ()),
    Analysis("dendrogram", "Dendrograms", "words", (), ("similarity",), long=True),
    Analysis("rsa-map", "Word maps", "words", (), ("similarity",), long=True),
    Analysis("rsa-predictors", "Predictors", "words", (), ("similarity",), long=True, asked=True),
    Analysis("rsa-depth", "RSA of depth", "words", (), ("similarity", "rsa"), long=True),
    Analysis(
        "separability-chance",
        "Separability against chance",
        "words",
        (),
        ("similarity", "separability"),
        long=True,
    ),
    Analysis(
        "rsa-chance",
        "RSA against chance",
        "words",
        (),
        ("similarity", "rsa"),
        long=True,
    ),
    Analysis(
        "rsa-heads",
        "RSA of heads",
        "words",
        (),
        ("similarity", "rsa"),
        long=True,
        rows=True,
        asked=True,
    ),
    Analysis("rsa-models", "Words across models", "models", (), ("similarity",)),
    Analysis("adjustments", "Token adjustments", "text", _TEXT, ()),
    Analysis("regression", "Lag regression", "text", _TEXT, ("adjustments",)),
    Analysis("continuation", "Candidates of the next token", "prompts", (), ()),
    Analysis("comparison", "Comparison", "prompts", (), ("continuation",)),
    Analysis("chains", "Chain map", "prompts", (), ("continuation",)),
    Analysis("cuts", "Cuts", "prompts", (), ()),
    Analysis("lens", "Logit lens", "inside", (), ()),
    Analysis("ledger", "Ledger of a logit", "inside", (), ()),
    Analysis("heads", "Attention heads", "inside", (), ()),
    Analysis("atlas", "Heads over many texts", "inside", (), ()),
    Analysis("attention", "Attention of a layer", "inside", (), ()),
    Analysis("redundancy", "Redundancy of heads", "inside", (), ()),
    Analysis("rotation", "Rotation", "inside", (), ()),
    Analysis("balance", "Balance of the blocks", "inside", (), ()),
    Analysis("neurons", "Neurons", "inside", (), ()),
    Analysis("normalisation", "Normalisation", "inside", (), ()),
    Analysis("effects", "Effects of interventions", "inside", (), ()),
    Analysis("patch", "Patch map", "inside", (), ()),
    Analysis("neighbours", "Neighbours", "inside", (), ()),
)
_CAUSAL = Analysis(
    AFTER + "causal",
    "Causal RSA",
    AFTER + "words",
    (),
    tuple(state + name for state in ("", AFTER) for name in ("similarity", "rsa", "separability")),
    long=True,
)
_UNALTERED = ("models", "inside")
_ALTERED = tuple(_altered(each) for each in _OF_THE_MODEL if each.section not in _UNALTERED)
ANALYSES: tuple[Analysis, ...] = (
    *_OF_THE_MODEL,
    *(each for each in _ALTERED if not each.long),
    _CAUSAL,
    *(each for each in _ALTERED if each.long),
)
"""Those of the model as it is, then those of the altered one, which `inside` has for itself.

Other models are not altered.
"""

SECTIONS = tuple(dict.fromkeys(analysis.section for analysis in ANALYSES))
"""The sections of an experiment that are captured, in the order in which they run."""


def depending_on(name: str) -> set[str]:
    """Return the ids of the analyses whose results change with an analysis, or with a section."""
    stale = {analysis.id for analysis in ANALYSES if name in (analysis.id, analysis.section)}
    for analysis in ANALYSES:
        if stale & set(analysis.after):
            stale.add(analysis.id)
    return stale
