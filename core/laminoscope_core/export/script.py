"""A run as a Python script that makes its numbers, tables and figures again.

The script uses the public interface alone: what was run is in it as the text of an experiment,
beside the parameters that differ from their defaults and what the figure shows.  It refuses to go
on with other weights than the run's.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from laminoscope_core.analysis.registry import ANALYSES, plain
from laminoscope_core.atomic import write_atomically
from laminoscope_core.experiment import Experiment
from laminoscope_core.export.literals import WIDTH, Imports, source, text_block, text_literal
from laminoscope_core.export.provenance import library_versions
from laminoscope_core.figures.style import Style
from laminoscope_core.plots.registry import Spec
from laminoscope_core.run.replay import passages, requests, token_hash
from laminoscope_core.run.results import RunResult
from laminoscope_core.run.sections import SECTIONS

__all__ = ["script_for", "write_script"]

_DOCSTRING = '''"""Compute again what Laminoscope showed, with the same model and experiment.

    python NAME_OF_THIS_FILE.py [FOLDER]

Tables, figures and where they come from are written into FOLDER, by default "results".
Needed is Python with the package laminoscope; no window opens.
"""
'''

_OWN_NAMES = frozenset(
    {"sys", "main", "folder", "experiment", "chosen", "model", "run", "request", "others", "read"}
)


def script_for(
    run: RunResult,
    rows: Sequence[Sequence[Spec]] = (),
    style: Style | None = None,
    *,
    whole: bool = False,
) -> str:
    """Return a script that reproduces a run, and a figure of it.

    Parameters
    ----------
    run : RunResult
        What was computed; a window's results and a session's become one by its constructor.
    rows : sequence of sequences of Spec, optional
        The plots of the figure, as for `laminoscope_core.figures.compose`.
    style : Style, optional
        The figure's.
    whole : bool
        Whether a figure's script also computes what the figure does not show.

    Returns
    -------
    str
        The same text for the same run, laid out as ``ruff format`` does.

    Examples
    --------
    >>> from laminoscope_core.models.model import ModelInfo
    >>> info = ModelInfo(
    ...     "gpt2", "GPT-2", "", "gpt2", 12, 768, 12, 12, 64, 50257, 1024, 124439808, "float32",
    ...     "cpu", "sdpa", "GPT2Tokenizer",
    ... )  # fmt: skip
    >>> print(script_for(RunResult(info, Experiment(), {})).splitlines()[0])
    \"""Compute again what Laminoscope showed, with the same model and experiment.
    """
    if rows and not whole:
        run = _shown(run, rows)
    imports = Imports({"pathlib": {"Path": "Path"}}, _OWN_NAMES)
    for name in ("Experiment", "open_model", "run_experiment", "write_run"):
        imports.add("laminoscope_core", name)
    imports.add("laminoscope_core.run.replay", "token_hash")
    constants = list(_constants(run, rows, style, imports))
    body = list(_body(run, rows, style, imports))
    standard, ours = _import_blocks(imports)
    return "\n".join([_DOCSTRING, standard, ours, *constants, *body])


def write_script(
    run: RunResult,
    path: str | Path,
    rows: Sequence[Sequence[Spec]] = (),
    style: Style | None = None,
    *,
    whole: bool = False,
) -> Path:
    """Write what `script_for` returns, whole or not at all, and return where.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    path = Path(path)
    write_atomically(path, script_for(run, rows, style, whole=whole).encode())
    return path


def _shown(run: RunResult, rows: Sequence[Sequence[Spec]]) -> RunResult:
    """Return a run with the sections that plots show, and what was measured for them."""
    results = _Watched(run.results)
    for row in rows:
        for spec in row:
            spec.shown(results)
    homes = {analysis.id: analysis.section for analysis in ANALYSES}
    sections = {homes.get(name, name if name in SECTIONS else "prompts") for name in results.read}
    sections |= {plain(section) for section in sections}
    kept = {
        name: result
        for name, result in run.results.items()
        if name in results.read or homes.get(name, name) in {*sections, "altered"}
    }
    if "cuts" not in results.read and "prompts" in kept:
        kept["prompts"] = replace(kept["prompts"], cuts=())
    return replace(run, results=kept)


class _Watched(Mapping[str, Any]):
    """Results that remember which of them were read."""

    def __init__(self, results: Mapping[str, Any]) -> None:
        self._results = results
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        result = self._results[name]
        self.read.add(name)
        return result

    def __iter__(self) -> Iterator[str]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)


def _import_blocks(imports: Imports) -> tuple[str, str]:
    standard = Imports({"pathlib": imports.names.pop("pathlib")})
    lines = ["import sys", *standard.lines()]
    return "\n".join(lines) + "\n", "\n".join(imports.lines()) + "\n"


def _constants(
    run: RunResult, rows: Sequence[Sequence[Spec]], style: Style | None, imports: Imports
) -> Iterable[str]:
    versions = {**library_versions(), **run.origin.get("libraries", {})}
    made = [f"{name} {versions.get(name, '')}" for name in ("laminoscope", "torch", "transformers")]
    if all(re.fullmatch(r"\w+ [\w.+-]+", entry) for entry in made):  # a session file may say more
        yield f"# It was run by {', '.join(made)}."
    yield '# Another device than its own, or "auto", changes the last digits of the numbers.'
    yield f"EXPERIMENT = {text_block(_experiment(run).to_toml())}\n"
    yield "# The weights, and the tokens that the texts became; others give other numbers."
    if run.model.revision:
        yield f"REVISION = {text_literal(run.model.revision)}"
    yield f"TOKENS = {text_literal(token_hash(run))}\n"
    if others := _other_weights(run):
        yield "# The other models that read the words."
        yield f"OTHERS = {source(others, imports, beside=len('OTHERS = '))}\n"
    if params := _params(run):
        yield "# The parameters of analyses that are not the defaults."
        yield f"PARAMS = {source(params, imports, beside=len('PARAMS = '))}\n"
    yield from _constants_beyond(run, imports)
    if rows:
        yield "# The plots of the figure, row by row."
        figure = [list(row) for row in rows]
        yield f"FIGURE = {source(figure, imports, beside=len('FIGURE = '))}\n"
    if rows and style is not None:
        yield f"STYLE = {source(style, imports, beside=len('STYLE = '))}\n"


def _body(
    run: RunResult, rows: Sequence[Sequence[Spec]], style: Style | None, imports: Imports
) -> Iterable[str]:
    yield "\ndef main(folder: Path) -> None:"
    yield '    """Open the model, compute, and write everything into a folder."""'
    yield "    experiment = Experiment.from_text(EXPERIMENT)"
    yield "    chosen = experiment.model"
    yield "    model = open_model(chosen.source, device=chosen.device, dtype=chosen.dtype)"
    if run.model.revision:
        yield "    if model.info.revision != REVISION:"
        yield '        sys.exit(f"These are other weights: {model.info.revision}, not {REVISION}.")'
    arguments = ["model", "experiment"]
    sections = _sections(run)
    if sections != tuple(name for name, s in SECTIONS.items() if s.asked(run.experiment)):
        arguments.append(f"sections={source(sections, imports)}")
    if _params(run):
        arguments.append("params=PARAMS")
    yield from _call("    run = run_experiment", arguments)
    yield "    if token_hash(run) != TOKENS:"
    yield '        sys.exit("The texts have become other tokens: is this another tokenizer?")'
    if _other_weights(run):
        yield '    others = run.results["models"].read'
        yield "    read = {each.model.source: each.model.revision for each in others}"
        yield "    if read != OTHERS:"
        yield '        sys.exit("Other models have other weights, or cannot be opened.")'
    yield from (f"    {line}" for line in _steps_beyond(run, imports))
    if rows:
        figure_files = imports.add("laminoscope_core", "figure_files")
        call = f"{figure_files}(run, FIGURE{'' if style is None else ', STYLE'})"
        yield f"    write_run(run, folder, {call})\n"
    else:
        yield "    write_run(run, folder)\n"
    yield '\nif __name__ == "__main__":'
    yield '    main(Path(sys.argv[1] if len(sys.argv) > 1 else "results"))\n'


def _call(function: str, arguments: Sequence[str]) -> Iterator[str]:
    """Yield the lines of a call: one, if it is short enough, or one for each argument."""
    line = f"{function}({', '.join(arguments)})"
    if len(line) <= WIDTH:
        yield line
        return
    indent = " " * (len(function) - len(function.lstrip()))
    yield f"{function}("
    yield from (f"{indent}    {argument}," for argument in arguments)
    yield f"{indent})"


def _constants_beyond(run: RunResult, imports: Imports) -> Iterator[str]:
    """Yield constants for the texts that were written and for what was measured."""
    if written := passages(run):
        yield "# What was written after the prompts, drawn with a seed or taken without one."
        yield f"WRITTEN = {source(list(written), imports, beside=len('WRITTEN = '))}\n"
    if written := passages(run, altered=True):
        yield "# What the altered model wrote."
        yield f"ALTERED = {source(list(written), imports, beside=len('ALTERED = '))}\n"
    if asked := list(requests(run)):
        yield "# What was measured besides."
        yield f"MEASURED = {source(asked, imports, beside=len('MEASURED = '))}\n"


def _steps_beyond(run: RunResult, imports: Imports) -> Iterator[str]:
    """Yield the lines that do it again with ``model`` and ``run``."""
    if passages(run):
        name = imports.add("laminoscope_core.run.replay", "write_again")
        yield f"run = {name}(model, run, WRITTEN)"
    if passages(run, altered=True):
        name = imports.add("laminoscope_core.run.replay", "write_again")
        yield f"run = {name}(model, run, ALTERED, altered=True)"
    if getattr(run.results.get("prompts"), "readings", ()):
        name = imports.add("laminoscope_core.run.replay", "with_readings")
        yield f"run = {name}(model, run)"
    if list(requests(run)):
        name = imports.add("laminoscope_core.run.replay", "measured")
        yield "for request in MEASURED:"
        yield f"    run = {name}(model, run, request)"


def _experiment(run: RunResult) -> Experiment:
    """Return what was run, with the model, the device and the precision that it was run on."""
    info, source = run.model, run.model.source
    if re.fullmatch("[0-9a-f]{40}", info.revision):  # a commit of a hub repository, which goes on
        source = f"{source.partition('@')[0]}@{info.revision}"
    where = {"source": source, "device": info.device, "dtype": info.dtype}
    section = run.experiment.model.model_copy(update=where)
    return run.experiment.model_copy(update={"model": section})


def _other_weights(run: RunResult) -> dict[str, str]:
    """Return the revisions of the other models that read the words, by their sources."""
    models = run.results.get("models")
    return {} if models is None else {w.model.source: w.model.revision for w in models.read}


def _sections(run: RunResult) -> tuple[str, ...]:
    there = {analysis.section for analysis in ANALYSES if analysis.id in run.results}
    return tuple(name for name in SECTIONS if name in run.results or name in there)


def _params(run: RunResult) -> dict[str, Any]:
    chosen = {
        plain(analysis.id): getattr(run.results[analysis.id], "params", None)
        for analysis in ANALYSES
        if analysis.id in run.results
    }
    rsa = run.experiment.rsa
    defaults = {
        plain(each.id): each.module.params_of(rsa) if each.asked else each.module.Params()
        for each in ANALYSES
    }
    return {
        name: params
        for name, params in chosen.items()
        if params is not None and params != defaults[name]
    }
