"""What has been computed, by which run, and whether it belongs together."""

from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from laminoscope.history import History
from laminoscope_core.analysis.registry import AFTER, ANALYSES, depending_on, plain
from laminoscope_core.experiment import Experiment
from laminoscope_core.models.model import ModelInfo
from laminoscope_core.run.results import RunResult

if TYPE_CHECKING:
    from laminoscope_core.sampling.kept import KeptText
    from laminoscope_core.sampling.next_tokens import NextTokens

__all__ = ["KEPT", "Results"]

KEPT = "kept_texts"
"""The id of the texts that stay until they are let go: no run makes them, and none ends them."""


class Results:
    """The results of a window, as they come and go.

    Attributes
    ----------
    results : dict of str to object
        By id.
    made_by : dict of str to int
        By id, the run that the result is of; 0 for those of a session.
    params : dict of str to object
        What analyses were computed with last, or are to be computed with.
    experiment : Experiment or None
        What was captured.
    history : History
        Where results come from.
    lacking : set of str
        Analyses of what a session has captured whose results it lacks.
    """

    def __init__(self) -> None:
        self.results: dict[str, Any] = {}
        self.made_by: dict[str, int] = {}
        self.params: dict[str, Any] = {}
        self.experiment: Experiment | None = None
        self.history = History()
        self.lacking: set[str] = set()
        self._outdated: set[str] = set()

    def take(self, name: str, result: Any, run: int) -> None:
        """Take a result; those that build on the one before are outdated by it."""
        self.show(name, result, run)
        self._outdated = (self._outdated | depending_on(name)) - {name}
        self.history.took(name, result)

    def show(self, name: str, result: Any, run: int) -> None:
        """Take a result that belongs to those that are there, as in a session."""
        self.results[name], self.made_by[name] = result, run
        if hasattr(result, "params"):
            self.params[plain(name)] = result.params

    def notice_lacking(self) -> None:
        """Notice which results a session lacks: an older one has not heard of all analyses."""
        of_captured = {each.id for each in ANALYSES if each.section in self.results}
        self.lacking = of_captured - self.results.keys()

    def outdate(self, names: set[str]) -> None:
        """Notice that results are of something that is no longer so."""
        self._outdated |= names & self.results.keys()

    def of_altered(self) -> set[str]:
        """Return the ids of all results of the altered model, and of what says what alters it."""
        return {name for name in self.results if name.startswith(AFTER) or name == "altered"}

    def keep_texts(self, model: str, staying: Container[int] = ()) -> bool:
        """Keep what was written after the prompts, which are about to go; return if there is any.

        Parameters
        ----------
        model : str
            The title of the model that wrote it.
        staying : container of int
            The numbers of prompts that do not go.
        """
        from laminoscope_core.sampling.kept import kept_texts

        written = self.history.generated
        made = [(one.prompt, one.node) for one in written if one.prompt not in staying]
        if not made or "prompts" not in self.results:
            return False
        texts = kept_texts(model, self.results["prompts"], made)
        self.show(KEPT, (*self.results.get(KEPT, ()), *texts), 0)
        return True

    def read_again(self, read: "NextTokens", numbers: Mapping[int, int]) -> "NextTokens":
        """Return prompts that were read again, with what was written after them before.

        Parameters
        ----------
        read : NextTokens
        numbers : mapping of int to int
            Their numbers, by those that they had.
        """
        from laminoscope_core.sampling.kept import carried_over

        self.history.renumber(numbers)
        return carried_over(read, self.results["prompts"], numbers) if numbers else read

    def let_go(self, text: "KeptText") -> None:
        """Let go of a text that was kept."""
        self.show(KEPT, tuple(one for one in self.results[KEPT] if one is not text), 0)

    def take_experiment(self, new: Experiment, section: str) -> None:
        """Notice what was captured in a section."""
        self.lacking -= depending_on(section)
        before = self.experiment or new
        changes: dict[str, Any] = {"model": new.model, "sampling": new.sampling}
        if section.startswith(AFTER):
            changes["interventions"] = tuple(one for _, one in new.altered)
        else:
            if section in ("words", "models"):
                changes |= {"words": new.words, "rsa": new.rsa}
            else:
                changes[section] = getattr(new, section)
            if section == "inside" and before.interventions is None:
                # what words were read with stays what it was
                changes["interventions"] = tuple(one for _, one in before.altered)
        self.experiment = before.model_copy(update=changes)

    def drop(self, names: set[str]) -> set[str]:
        """Let go of results; return those that were there."""
        dropped = names & self.results.keys()
        for name in dropped:
            del self.results[name], self.made_by[name]
        self._outdated -= dropped
        if dropped:
            self.history.dropped(dropped)
        return dropped

    def clear(self) -> set[str]:
        """Let go of everything; return which results were there."""
        self.experiment, self.params, self.lacking = None, {}, set()
        return self.drop(set(self.results))

    def unsettled(self) -> set[str]:
        """Return the results that are older than what they were computed from, or not whole."""
        partly = {n for n, r in self.results.items() if not getattr(r, "complete", True)}
        return (self._outdated & self.results.keys()) | partly

    def can_be_had(self, analyses: set[str]) -> bool:
        """Return whether what analyses are computed from is there, and is as it should be."""
        chosen = [analysis for analysis in ANALYSES if analysis.id in analyses]
        needed = {name for each in chosen for name in (each.section, *each.after)}
        there = self.results.keys() - self.unsettled()
        return needed - analyses <= there and all(
            self.results[each.section].has_rows for each in chosen if each.rows
        )

    def snapshot(self, info: ModelInfo | None) -> RunResult | None:
        """Return the results as they are now, and where they come from; None if there are none.

        Those that are older than what they were computed from, or not whole, are left out.
        """
        if info is None or self.experiment is None or not self.results:
            return None
        left_out = self.unsettled()
        current = {name: result for name, result in self.results.items() if name not in left_out}
        return RunResult(info, self.experiment, self.history.kept(current), self.history.origin())
