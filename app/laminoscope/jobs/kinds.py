"""The kinds of jobs that a window has: captures, analyses, and what panels ask for by name."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from laminoscope.jobs.entry import Entry
from laminoscope.jobs.measures import Measure
from laminoscope_core.analysis.registry import AFTER, ANALYSES, depending_on, plain
from laminoscope_core.experiment import Experiment
from laminoscope_widgets.translation import mark, shown_text, tr, tr_n

if TYPE_CHECKING:
    from laminoscope_core.run.requests import Generated

__all__ = ["Analysing", "Asked", "Capturing", "is_of_altered", "renewed_by", "task_title"]

_CAPTURES = {
    "words": (mark("Capture words"), mark("Open {model}; capture words")),
    "models": (
        mark("Read words with other models"),
        mark("Open {model}; read words with other models"),
    ),
    "text": (mark("Capture text"), mark("Open {model}; capture text")),
    "prompts": (mark("Read prompts"), mark("Open {model}; read prompts")),
    "after-words": (mark("Capture words, altered"),) * 2,
    "after-text": (mark("Capture text, altered"),) * 2,
    "after-prompts": (mark("Read prompts, altered"),) * 2,
    "inside": (mark("Look inside the blocks"), mark("Open {model}; look inside the blocks")),
}
"""Their titles, with the model open and without."""
_ANALYSES = {
    "words": mark("Statistics of words"),
    "models": mark("Compare models"),
    "text": mark("Statistics of the text"),
    "prompts": mark("Candidates after the prompts"),
    "inside": mark("What the blocks do"),
    "after-words": mark("Statistics of words, altered"),
    "after-text": mark("Statistics of the text, altered"),
    "after-prompts": mark("Candidates after the prompts, altered"),
}
_ASKED = {
    "attention": mark("Look at a layer"),
    "comparison": mark("Compare"),
    "cuts": mark("Look what chains would cut"),
    "loops": mark("Measure loops"),
    "echo": mark("Measure the echo"),
    "near": mark("Look up near tokens"),
}
_LONG = {analysis.id: analysis.title for analysis in ANALYSES if analysis.long}
_SECTION_OF = {analysis.id: analysis.section for analysis in ANALYSES}


@dataclass(eq=False, kw_only=True)
class Capturing(Entry):
    """A capture of a section.

    Attributes
    ----------
    experiment : Experiment
    section : str
    params : dict
        Parameters that were chosen meanwhile, for the analyses that follow.
    given : bool
        Whether what was captured has come.
    """

    experiment: Experiment
    section: str
    params: dict[str, Any] = field(default_factory=dict)
    given: bool = False

    def is_to_give(self, section: str) -> bool:
        """Return whether analyses of a section will follow what is still to come."""
        return self.section == section and not self.given

    @staticmethod
    def title_of(section: str, source: str) -> str:
        """Return what the list calls it; ``source`` is the model that is opened first, if any."""
        alone, opening = _CAPTURES[section]
        return tr(opening, model=source) if source else tr(alone)


@dataclass(eq=False, kw_only=True)
class Analysing(Entry):
    """Analyses of one section.

    Attributes
    ----------
    analyses : frozenset of str
        Their ids.
    params : dict
        Parameters that differ from those that hold.
    left : set of str
        Those that have not come yet.
    """

    analyses: frozenset[str]
    params: dict[str, Any]
    left: set[str] = field(init=False)

    @property
    def section(self) -> str:
        """The section that they are of."""
        return _SECTION_OF[next(iter(self.analyses))]

    def __post_init__(self) -> None:
        self.left = set(self.analyses)

    @staticmethod
    def title_of(analyses: Iterable[str]) -> str:
        """Return what the list calls them."""
        first, *others = sorted(analyses)
        if first in _LONG and not others:
            return shown_text(_LONG[first])
        return tr(_ANALYSES[_SECTION_OF[first]])


@dataclass(eq=False, kw_only=True)
class Asked(Entry):
    """What a panel has asked for by name.

    Attributes
    ----------
    name : str
        Of `tasks.Tasks`.
    request : object
    written : int
        How many tokens have come of a text that is written.
    altered : bool
        Whether the altered model does it.
    """

    name: str
    request: Any
    written: int = 0
    altered: bool = False

    def measured(self) -> Measure | None:
        """Return how much was read or written; a text may have ended early."""
        if self.measure is None or not self.written:
            return self.measure
        return replace(self.measure, units=self.written)

    def follow(self, made: "Generated", *, altered: bool = False) -> None:
        """Go on where the text ends that was to be gone on with, and has grown meanwhile."""
        from laminoscope_core.run.requests import GenerationRequest

        request, parent = self.request, made.node.parent
        if altered != self.altered:
            return
        if not isinstance(request, GenerationRequest) or request.prompt != made.prompt:
            return
        if request.n_tokens and request.take is None and _same_place(request.node, parent):
            self.request = replace(request, node=made.node)


def is_of_altered(entry: Entry) -> bool:
    """Return whether what a job gives is of the altered model."""
    if isinstance(entry, (Capturing, Analysing)):
        return entry.section.startswith(AFTER)
    return isinstance(entry, Asked) and entry.altered


def renewed_by(section: str) -> frozenset[str]:
    """Return the ids of what a capture renews: the section, its analyses, texts after prompts."""
    state = AFTER if section.startswith(AFTER) else ""
    written = {f"{state}generation"} if plain(section) == "prompts" else set()
    return frozenset({section, *depending_on(section), *written})


def task_title(name: str, request: Any) -> str:
    """Return what the list calls a task that a panel asks for."""
    if name == "generation":
        n_tokens = request.n_tokens + (request.take is not None)
        return tr_n("Write {n} token", "Write {n} tokens", n_tokens) if n_tokens else tr("Go to")
    return tr(_ASKED[name])


def _same_place(one: Any, other: Any) -> bool:
    """Return whether two nodes are one; the prompt itself may be None."""
    is_root = [node is None or node.parent is None for node in (one, other)]
    return one is other or all(is_root)
