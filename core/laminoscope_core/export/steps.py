"""The lines of a script for what a run holds beyond its experiment."""

from collections.abc import Iterator

from laminoscope_core.export.literals import Imports, source
from laminoscope_core.run import replay
from laminoscope_core.run.results import RunResult

__all__ = ["constants_beyond", "steps_beyond"]


def constants_beyond(run: RunResult, imports: Imports) -> Iterator[str]:
    """Yield constants for the texts that were written and for what was measured."""
    if written := replay.passages(run):
        yield "# What was written after the prompts, drawn with a seed or taken without one."
        yield f"WRITTEN = {source(list(written), imports, beside=len('WRITTEN = '))}\n"
    if requests := list(replay.requests(run)):
        yield "# What was measured besides."
        yield f"MEASURED = {source(requests, imports, beside=len('MEASURED = '))}\n"


def steps_beyond(run: RunResult, imports: Imports) -> Iterator[str]:
    """Yield the lines that do it again with ``model`` and ``run``."""
    if replay.passages(run):
        name = imports.add("laminoscope_core.run.replay", "write_again")
        yield f"run = {name}(model, run, WRITTEN)"
    if getattr(run.results.get("prompts"), "readings", ()):
        name = imports.add("laminoscope_core.run.replay", "with_readings")
        yield f"run = {name}(model, run)"
    if list(replay.requests(run)):
        name = imports.add("laminoscope_core.run.replay", "measured")
        yield "for request in MEASURED:"
        yield f"    run = {name}(model, run, request)"
