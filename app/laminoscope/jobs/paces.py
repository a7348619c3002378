"""How long a run will take, by how long others of its kind took here; unknown where none ran."""

from laminoscope.jobs.entry import Entry
from laminoscope.jobs.kinds import Analysing, Capturing
from laminoscope_core.experiment import Experiment

__all__ = ["Paces"]


class Paces:
    """Seconds for a unit of work, as they were measured last.

    A capture is in proportion to the words, or characters, that the model reads; the analyses of
    words to the pairs of words, others to what was read.
    """

    def __init__(self) -> None:
        self._captures: dict[str, float] = {}
        self._analyses: dict[str, dict[str, float]] = {}

    def learn(self, entry: Entry, experiment: Experiment) -> None:
        """Measure a job that is done.

        Parameters
        ----------
        entry : Entry
        experiment : Experiment
            What was captured.
        """
        if isinstance(entry, Capturing) and not entry.opened:
            section = entry.section
            self._captures[section] = entry.pace.seconds / _to_read(entry.experiment, section)
        elif isinstance(entry, Analysing):
            section, which = entry.section, entry.title
            known = self._analyses.setdefault(section, {})
            known[which] = entry.pace.seconds / _to_analyse(experiment, section)

    def forget(self) -> None:
        """Forget how fast the model was, as another has been opened."""
        self._captures.clear()

    def expected(self, experiment: Experiment, section: str) -> float | None:
        """Return how many seconds a run will take; None if none has been measured."""
        if section not in self._captures:
            return None
        analyses = sum(self._analyses.get(section, {}).values())
        return self._captures[section] * _to_read(experiment, section) + analyses * _to_analyse(
            experiment, section
        )


def _to_read(experiment: Experiment, section: str) -> int:
    if section == "words":
        return max(len(experiment.words.words), 1) if experiment.words else 1
    if section == "text":
        return max(len(experiment.text.content), 1) if experiment.text else 1
    return max(sum(len(prompt.text) for prompt in experiment.prompts), 1)


def _to_analyse(experiment: Experiment, section: str) -> int:
    read = _to_read(experiment, section)
    return read**2 if section == "words" else read
