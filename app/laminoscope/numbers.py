"""Which jobs of the numbers lane compute analyses anew, and what of earlier ones they take over."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from laminoscope import work
from laminoscope.jobs.entry import Entry, Work
from laminoscope.jobs.kinds import Analysing
from laminoscope.jobs.measures import measure_of_analyses
from laminoscope.results import Results
from laminoscope_core.analysis.registry import ANALYSES
from laminoscope_widgets.translation import tr

__all__ = ["analysing"]

_LONG = tuple(analysis.id for analysis in ANALYSES if analysis.long)
_SECTION_OF = {analysis.id: analysis.section for analysis in ANALYSES}


def analysing(
    names: set[str], run: int, params: Mapping[str, Any], wanted: Iterable[Entry], held: Results
) -> Iterator[Analysing]:
    """Yield jobs for analyses of one section: the short ones together, each long one by itself.

    Parameters
    ----------
    names : set of str
        Ids, with those of all analyses that build on them.
    run : int
    params : mapping of str to object
        Parameters that differ from those that hold.
    wanted : iterable of Entry
        The jobs that wait or run.  What is replaced by the new ones is computed by them as well,
        as far as it has not come, with the parameters that were asked for.
    held : Results
        Where the results are, when it is a job's turn.
    """
    section = _SECTION_OF[next(iter(names))]
    key = ("analyses", section)
    short = names.difference(_LONG)
    asked: dict[str, Any] = {}
    for other in wanted:  # the oldest first
        if isinstance(other, Analysing) and (other.left & names or (short and other.key == key)):
            asked |= other.params
            if short and other.key == key:
                short |= other.left
    params = {**asked, **params}
    if short:
        yield _job(short, key, run, params, held)
    for name in _LONG:
        if name in names:
            yield _job({name}, ("analyses", name), run, params, held)


def _job(
    names: set[str], key: tuple[str, str], run: int, params: Mapping[str, Any], held: Results
) -> Analysing:
    def begin() -> Work | str:
        if not held.can_be_had(names):
            return tr("what it is computed from is not there")
        return work.analysing(names, dict(held.results), {**held.params, **params})

    return Analysing(
        title=Analysing.title_of(names),
        lane="numbers",
        begin=begin,
        run=run,
        key=key,
        renews=frozenset(names),
        short=names.isdisjoint(_LONG),
        measure=None
        if held.experiment is None
        else measure_of_analyses(names, held.experiment, {**held.params, **params}),
        analyses=frozenset(names),
        params=dict(params),
    )
