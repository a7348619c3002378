"""The steps of the selftest that need no window, and the order of all."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from laminoscope.selftest.made import N_LAYERS, write_folder, write_gguf
from laminoscope.selftest.taking import Skipped, Step, apart
from laminoscope_core.paths import CACHE_VARIABLE

if TYPE_CHECKING:
    from laminoscope_core.models.model import Model
    from laminoscope_core.run.results import RunResult

__all__ = ["Bench", "steps"]

_DEFAULT = "smollm2-135m"
_QUESTION, _ANSWER = "The capital of France is", "Paris"
_EXPERIMENT = """
[words]
carrier = "the {word}"
[words.categories]
space = ["galaxy", "comet", "moon"]
fruit = ["pear", "grape", "cherry"]
"""
_FIGURE = "laminar"


def steps(folder: Path, out: Path, users_cache: Path) -> Iterator[tuple[str, Step]]:
    """Yield the steps by their names, in the order in which one needs what another made.

    Parameters
    ----------
    folder : Path
        For what is deleted in the end.
    out : Path
        For what may be looked at.
    users_cache : Path
        Where the default model is looked for.
    """
    bench = Bench(folder, out, users_cache)
    yield "libraries", bench.libraries
    yield "model", bench.model
    yield "GGUF", bench.gguf
    yield "default model", bench.default_model
    yield "fetching", bench.fetching
    yield "capture", bench.capture
    yield "experiment", bench.experiment
    for kind in _LOOKED_AT:
        yield kind, partial(bench.figure, kind)
    yield "tables", bench.tables
    yield "session", bench.session
    yield "screenshot", bench.screenshot


class Bench:
    """What the steps work on; one that needs what an earlier one could not make, fails."""

    def __init__(self, folder: Path, out: Path, users_cache: Path) -> None:
        self._folder = folder
        self._out = out
        self._users_cache = users_cache
        self._model: Model | None = None
        self._run: RunResult | None = None

    def libraries(self) -> str:
        """Import what computes, and say which it is."""
        import torch

        from laminoscope_core.export.provenance import library_versions
        from laminoscope_core.models.imports import import_torch_stack

        import_torch_stack()
        versions = library_versions()
        _require("laminoscope" in versions, "the program does not know its own version")
        return f"laminoscope {versions['laminoscope']}, torch {torch.__version__}"

    def model(self) -> str:
        """Open a folder of safetensors, whose tokenizer is tried and used by helper processes."""
        from laminoscope_core.models.load import open_model

        source = self._folder / "tiny"
        write_folder(source)
        self._model = open_model(str(source), device="cpu")
        return f"{self._model.info.n_layers} layers of random weights, opened from a folder"

    def gguf(self) -> str:
        """Open a GGUF file, which a helper process converts, and hold it against what went in."""
        from laminoscope_core.models.load import open_model

        source = self._folder / "tiny.gguf"
        arrays = write_gguf(source)
        opened = open_model(str(source), device="cpu").hf.state_dict()
        for layer in range(N_LAYERS):
            read = opened[f"model.layers.{layer}.self_attn.v_proj.weight"].numpy()
            wrote = arrays[f"blk.{layer}.attn_v.weight"]
            _require(np.array_equal(read, wrote), f"layer {layer} holds other values than the file")
        return "converted by a helper process; the values are those of the file"

    def default_model(self) -> str:
        """Open the default model, if it is on this machine, and ask it something."""
        from laminoscope_core.models.catalog import PackageEntry, catalog
        from laminoscope_core.models.fetch import find_package_file
        from laminoscope_core.models.load import open_model

        entry = catalog()[_DEFAULT]
        assert isinstance(entry, PackageEntry)
        with apart({CACHE_VARIABLE: str(self._users_cache)}):
            if find_package_file(entry) is None:
                raise Skipped(f"{entry.title} is not on this computer")
            model = open_model(entry.name, device="cpu")
        answer = _most_likely(model, _QUESTION)
        _require(answer.strip() == _ANSWER, f"{_QUESTION!r} is continued by {answer!r}")
        return f"{entry.title}: {_QUESTION}{answer}"

    def fetching(self) -> str:
        """Start what fetches the default model, without fetching anything."""
        from laminoscope_core.job import Job
        from laminoscope_core.models import fetch
        from laminoscope_core.models.child import child_command, child_environment, follow, start

        said: list[str] = []
        process = start(child_command(fetch.__name__, "--version"), child_environment())
        errors = follow(process, Job(), said.append)
        _require(process.returncode == 0 and bool(said), errors.strip() or "pip says nothing")
        return " ".join(said[0].split()[:2])

    def capture(self) -> str:
        """Capture a text and compare with plain runs of the same model."""
        from laminoscope_core.recording.capture import capture
        from laminoscope_core.recording.verify import verify

        model = _made(self._model, "model")
        captured = capture(model, ["the moon"], ["q", "k", "v"])
        for site in ("q", "k", "v"):
            last = captured.array(site, layer=model.info.n_layers - 1)
            _require(bool(np.isfinite(last).all()), f"{site} has values that are no numbers")
        found = verify(model)
        _require(found.verified, found.summary)
        return f"Q, K and V of {model.info.n_layers} layers; {found.summary}"

    def experiment(self) -> str:
        """Run an experiment with its statistics."""
        from laminoscope_core.experiment import Experiment
        from laminoscope_core.run.run import run_experiment

        model = _made(self._model, "model")
        self._run = run_experiment(model, Experiment.from_text(_EXPERIMENT))
        return f"{len(self._run.results)} results of six words"

    def figure(self, kind: str) -> str:
        """Draw a figure into a file of some format, and look at what is in there."""
        from laminoscope_core.figures import Spec, compose, figure_bytes

        run = _made(self._run, "experiment")
        figure = compose(run.results, [[Spec(_FIGURE)]])
        content = figure_bytes(figure, kind.lower())
        (self._out / f"{_FIGURE}.{kind.lower()}").write_bytes(content)
        return _LOOKED_AT[kind](content)

    def tables(self) -> str:
        """Write a run's tables, as Parquet too where its library is installed."""
        from importlib.util import find_spec

        from laminoscope_core.export.figure_files import write_plot_data
        from laminoscope_core.export.run_files import write_run
        from laminoscope_core.figures import Spec

        run = _made(self._run, "experiment")
        files = write_run(run, self._out / "run")
        formats = ["csv", "json", "npz", *(["parquet"] if find_spec("pyarrow") else [])]
        for suffix in formats:
            write_plot_data(run, Spec(_FIGURE), self._out / f"{_FIGURE}.{suffix}")
        return f"{len(files)} files, and a plot's numbers as {', '.join(formats)}"

    def session(self) -> str:
        """Save a session and read it again."""
        from laminoscope_core.session import Session, load_session, save_session

        run = _made(self._run, "experiment")
        file = self._session_file
        save_session(file, Session(run.experiment, run))
        read = load_session(file).run
        _require(read is not None and read.results.keys() == run.results.keys(), "results are lost")
        assert read is not None
        before, after = (each.results["similarity"].matrices for each in (run, read))
        same = all(np.array_equal(before[site], after[site]) for site in before)
        _require(same, "the similarities are not those that were saved")
        return f"{file.stat().st_size / 1e3:.0f} kB, read again with all results"

    def screenshot(self) -> str:
        """Open the session in the real window and draw that."""
        from laminoscope.selftest.window import draw_window

        if not self._session_file.exists():
            raise RuntimeError("there is no session to show, as the step before did not end well")
        return draw_window(self._session_file, self._out / "window.png")

    @property
    def _session_file(self) -> Path:
        return self._out / "selftest.laminoscope"


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(otherwise)


def _made(thing: Any, step: str) -> Any:
    _require(thing is not None, f"needs what the step {step!r} could not make")
    return thing


def _most_likely(model: "Model", before: str) -> str:
    from laminoscope_core.models.tokenizing import write_tokens
    from laminoscope_core.recording.capture import capture

    assert model.tokenizer is not None
    logits = capture(model, [before], ["logits"]).logits[0]
    (text,) = write_tokens(model.tokenizer, [[int(logits[-1].argmax())]])
    return text


def _svg(content: bytes) -> str:
    from xml.etree import ElementTree

    texts = ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")
    n_texts = sum(1 for _ in texts)
    _require(n_texts > 0, "it has no text")
    _require(b"@font-face" in content, "it does not bring its font along")
    return f"{len(content) / 1e3:.0f} kB, {n_texts} texts that stay texts"


def _pdf(content: bytes) -> str:
    _require(content.startswith(b"%PDF-") and b"%%EOF" in content[-16:], "it is no whole PDF")
    _require(b"/FontFile2" in content, "it does not bring its font along")
    return f"{len(content) / 1e3:.0f} kB, with its font"


def _png(content: bytes) -> str:
    from io import BytesIO

    from matplotlib.image import imread

    height, width, _ = (pixels := imread(BytesIO(content), format="png")).shape
    _require(float(pixels[..., :3].std()) > 0, "it is one colour all over")
    return f"{width} × {height} pixels"


_LOOKED_AT = {"SVG": _svg, "PDF": _pdf, "PNG": _png}
