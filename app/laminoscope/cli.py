"""The command line: ``laminoscope [FILE]``, ``run``, ``sweep``, ``sample``, ``models``, ``doctor``.

Exit status 0: done; 1: it could not be done; 2: what was asked for is not valid; 64: the command
line is wrong; 70: a fault of the program; 130: interrupted.  A sweep ends with 1 if some of its
models failed, with 2 if none is there.
Nothing here imports Qt except the command that opens the window.
"""

import os
import re
import shlex
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, CycloptsError, Parameter, Token

from laminoscope.terminal import Progress, is_plain, open_streams, say, tell
from laminoscope_core.errors import ExperimentError, LaminoscopeError
from laminoscope_core.experiment import Experiment
from laminoscope_core.job import Job
from laminoscope_core.text import half_character, how_many

__all__ = ["app", "main"]

_INTERRUPTED = 130
_DEVICE = re.compile(r"auto|cpu(:0)?|cuda(:[0-9]+)?|mps|offload")
_WHOLE = re.compile(r"[-+]?[0-9]+")


class UsageError(LaminoscopeError):
    """The command line is wrong."""


def _whole(_kind: Any, tokens: Sequence[Token]) -> int:
    # "1.000" is a thousand to some and one to others
    if not _WHOLE.fullmatch(tokens[0].value):
        raise ValueError(f"{tokens[0].value!r} is not a whole number")
    return int(tokens[0].value)


def _place(_kind: Any, tokens: Sequence[Token]) -> Path:
    # a variable of the shell that is not set would mean the folder that one is in
    if not tokens[0].value:
        raise ValueError("'' is not a file or folder")
    return Path(tokens[0].value)


def _device(_kind: Any, tokens: Sequence[Token]) -> str:
    if not _DEVICE.fullmatch(tokens[0].value.strip().lower()):
        raise ValueError(f"{tokens[0].value!r} is not auto, cpu, cuda, cuda:1, mps or offload")
    return tokens[0].value


def _dtype(_kind: Any, tokens: Sequence[Token]) -> str:
    from laminoscope_core.models.devices import DTYPES

    choices = ("auto", *DTYPES)
    if tokens[0].value.strip().lower().removeprefix("torch.") not in choices:
        raise ValueError(f"{tokens[0].value!r} is not one of {', '.join(choices)}")
    return tokens[0].value


Whole = Annotated[int, Parameter(converter=_whole)]
Place = Annotated[Path, Parameter(converter=_place)]
DeviceName = Annotated[str, Parameter(converter=_device)]
Precision = Annotated[str, Parameter(converter=_dtype)]

app = App(
    name="laminoscope",
    help="A desktop microscope for causal language models.",
    help_format="plaintext",
    version_flags=["--version"],
    result_action="return_value",
    suppress_keyboard_interrupt=False,  # it would leave without a word
)


@app.default
def window(
    file: Place | None = None,
    /,
    *,
    model: Annotated[str | None, Parameter(help="A model to open instead.")] = None,
) -> int:
    """Open the window, on its start page or on a file.

    Parameters
    ----------
    file
        A session (.laminoscope), a sweep's folder, an experiment (.toml), a word list (.csv), a
        model (.gguf or a folder), or the name of a sample experiment such as words-qkv.
    """
    from laminoscope_resources import experiment_names

    sample = None
    if file is not None and not file.exists():
        if str(file) not in experiment_names():
            raise UsageError(f"{file} does not exist and is not a command.")
        file, sample = None, str(file)
    from laminoscope.main import run_gui

    status = run_gui(file, model, sample)
    if status == _INTERRUPTED:
        say("\nlaminoscope: cancelled")
    return status


@app.command
def run(
    experiment: str,
    /,
    *,
    out: Place,
    script: Place | None = None,
    save: Place | None = None,
    figures: str | None = None,
    keep_activations: str | None = None,
    model: str | None = None,
    device: DeviceName | None = None,
    dtype: Precision | None = None,
) -> int:
    """Run an experiment without a window and write its results.

    Parameters
    ----------
    experiment
        A TOML file, or the name of a sample experiment such as words-qkv.
    out
        Folder for the results; made if it is missing.
    script
        A file for a Python script that makes the same results again.
    save
        A session file (.laminoscope), which the window opens with all results.
    figures
        Formats, as svg,pdf,png: every plot of the results, and all of a section together.
    keep_activations
        Sites, as q,k,v: what the model computes there of every token goes into safetensors files,
        in a folder activations of the results.
    model
        Catalog name, hub id, folder or .gguf file, instead of the experiment's.
    device
        auto, cpu, cuda, cuda:1, mps, or offload (what has no room in memory stays on disk),
        instead of the experiment's.
    dtype
        auto, float32, bfloat16, float16, instead of the experiment's.
    """
    from laminoscope_core.run.sections import SECTIONS

    chosen = _experiment(experiment)
    given = {"source": model, "device": device, "dtype": dtype}
    changes = {name: value for name, value in given.items() if value is not None}
    chosen = chosen.model_copy(update={"model": chosen.model.model_copy(update=changes)})
    _check_sections(chosen, experiment)
    formats = _formats(figures)
    sites = _kept_sites(keep_activations)
    _check_places(experiment, script, save)
    _make_folder(out)
    for file in (script, save):
        if file is not None:
            _make_folder(file.parent)
    from laminoscope_core.export.activations import check_place, write_activations
    from laminoscope_core.export.figure_files import run_figures
    from laminoscope_core.export.run_files import write_run
    from laminoscope_core.export.script import write_script
    from laminoscope_core.models.load import open_model
    from laminoscope_core.run.remarks import remarks
    from laminoscope_core.run.run import run_experiment
    from laminoscope_core.session import Session, save_session

    if sites:
        check_place(out)
    job = Job(Progress())
    section = chosen.model
    opened = open_model(
        section.source, device=section.device, dtype=section.dtype, job=job.part(0.0, 0.5)
    )
    said = [remark for name in SECTIONS for remark in remarks(opened, chosen, name)]
    for remark in dict.fromkeys(said):
        say(f"\nlaminoscope: {remark}")
    result = run_experiment(opened, chosen, job=job.part(0.5, 0.9 if formats else 1.0))
    drawn = run_figures(result, formats, job=job.part(0.9, 1.0)) if formats else {}
    files = write_run(result, out, drawn)
    if sites:
        files += write_activations(opened, result, out, sites, Job(Progress()))
    if script is not None:
        files.append(write_script(result, script))
    if save is not None:
        save_session(save, Session(chosen, result))
        files.append(save)
    say(f"\nwrote {len(files)} files to {out}")
    return 0


@app.command
def sweep(
    file: Place,
    /,
    *,
    out: Place,
    workers: Whole | None = None,
    scheduler: str | None = None,
    resume: bool = False,
) -> int:
    """Run an experiment over many models, carrier sentences and word lists.

    Parameters
    ----------
    file
        A TOML file that names the experiment, the models and, if you like, carriers and lists.
    out
        Folder for the results; made if it is missing.
    workers
        At most so many processes side by side; by default one a core, as memory allows.
    scheduler
        Address of a Dask scheduler that is running, as tcp://node1:8786, instead.
    resume
        Go on with a sweep: what is there and still asked for is kept.
    """
    from laminoscope_core.sweep.run import WrongPlace, run_sweep

    if workers is not None and workers < 1:
        raise UsageError(f"--workers must be 1 or more, not {workers}.")
    if workers is not None and scheduler is not None:
        raise UsageError("--workers is of this machine, --scheduler has its own; give one of them.")
    command = shlex.join(["laminoscope", *sys.argv[1:]])
    try:
        outcome = run_sweep(
            file,
            out,
            workers=workers,
            scheduler=scheduler,
            resume=resume,
            command=command,
            job=Job(Progress()),
            say=lambda text: say(f"laminoscope: {text}"),
        )
    except WrongPlace as error:
        raise UsageError(str(error)) from None
    except LaminoscopeError as error:
        say(f"laminoscope: {error}")
        return 2
    say("")
    for model, message in outcome.failures.items():
        say(f"laminoscope: {model}: {message}")
    n_models = outcome.finished + len(outcome.failures)
    say(
        f"{outcome.finished} of {how_many(n_models, 'model')} in {out}, {outcome.kept} of them kept"
    )
    return outcome.status


@app.command
def sample(
    *,
    model: str,
    prompt: str,
    chain: str = "llama.cpp",
    seed: Whole = 0,
    tokens: Whole = 50,
    chat: bool = False,
    system: str = "",
    json: bool = False,
    device: DeviceName = "auto",
    dtype: Precision = "auto",
) -> int:
    """Continue a prompt through a chain of samplers.

    Parameters
    ----------
    model
        Catalog name, hub id, folder or .gguf file.
    prompt
        What to continue.
    chain
        A preset (llama.cpp, Hugging Face, greedy, raw), the name of a chain saved in the window, a
        JSON file with a list of samplers, an experiment's TOML file, or a GGUF file that
        recommends one; or the list itself, or a rule such as "keep: p >= 0.2 * p_max ** 2".
    seed
        Any whole number; the same seed gives the same text.
    tokens
        At most so many; fewer at a stop token or a full context window.
    chat
        Put the prompt into the model's chat template.
    system
        The system message of the chat.
    json
        Write every token with its probabilities as JSON instead of the text.
    device
        auto, cpu, cuda, cuda:1, mps, offload.
    dtype
        auto, float32, bfloat16, float16.
    """
    from json import dumps

    from laminoscope_core.models.load import open_model
    from laminoscope_core.run.remarks import prompt_remark
    from laminoscope_core.sampling import Continuation, render_prompt
    from laminoscope_core.sampling.files import named_chain
    from laminoscope_core.sampling.sample import describe, pieces, unapplied

    if tokens < 1:
        raise UsageError(f"--tokens must be 1 or more, not {tokens}.")
    for option, text in (("--prompt", prompt), ("--system", system)):
        if half_character(text):  # as Python makes them of bytes that are not UTF-8
            raise UsageError(f"{option} is not UTF-8 text.")
    named_chain(chain)  # a bad one is told before the model is opened
    opened = open_model(model, device=device, dtype=dtype, job=Job(Progress()))
    say("")
    links = named_chain(chain, opened.tokenizer)
    if not chat and (remark := prompt_remark(opened, prompt)):
        say(f"laminoscope: {remark}")
    rendered = render_prompt(opened, prompt, chat=chat, system=system)
    continuation = Continuation(opened, rendered.token_ids)
    node = continuation.root
    nodes = continuation.run(node, links, seed, tokens)
    unheeded: Counter[str] = Counter()
    for latest, text in pieces(continuation, nodes):
        if latest is not node:
            unheeded.update(unapplied(continuation, latest))
        node = latest
        if not json:
            tell(text, end="")
    if json:
        data = describe(continuation, rendered, node, links, seed)
        print(dumps(data, ensure_ascii=not is_plain(sys.stdout), indent=2))
    else:
        print()
    for reason, n_times in unheeded.items():
        say(f"laminoscope: {reason} ({n_times} of {how_many(len(node.path), 'token')})")
    return 0


@app.command
def models() -> int:
    """List the models that can be opened by a short name."""
    from laminoscope_core.models.catalog import catalog

    for entry in catalog().values():
        tell(f"{entry.name:<16} {entry.title:<26} {entry.licence:<20} {entry.about}")
    return 0


@app.command
def doctor(
    *,
    model: str | None = None,
    experiment: str | None = None,
    device: DeviceName = "auto",
    dtype: Precision = "auto",
) -> int:
    """Say what is installed, whether captures are exact, and what an experiment will take.

    Parameters
    ----------
    model
        Also open this model and compare captures with plain runs of it.
    experiment
        Also say what this experiment (a TOML file, or the name of a sample) will take of memory,
        disk and time, on that model or on its own; only a small sample of it is run.
    device
        Where to open the model.
    dtype
        How to open it.
    """
    from laminoscope import doctor as said

    chosen = None
    if experiment is not None:
        chosen = _experiment(experiment)
        _check_sections(chosen, experiment)
    said.describe_installation()
    if chosen is not None and model is None:
        model = chosen.model.source
    if model is None:
        return 0
    from laminoscope_core.models.load import open_model

    job = Job(Progress())
    opened = open_model(model, device=device, dtype=dtype, job=job.part(0.0, 0.4))
    status = said.verify_model(opened, job.part(0.4, 0.6))
    if chosen is not None:
        status = said.describe_run(opened, chosen, job.part(0.6, 1.0)) or status
    return status


@app.command(name="--selftest")
def selftest(keep: Place | None = None, /) -> int:
    """Try on small things whether everything works here, without a connection.

    Parameters
    ----------
    keep
        A folder for what is written meanwhile; else that is deleted.
    """
    from laminoscope.selftest import selftest

    return selftest(keep)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    open_streams()
    status = _status(arguments)
    try:
        sys.stdout.flush()
    except OSError:  # whoever read it has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = status or 1
    sys.exit(status)


def _status(arguments: list[str] | None) -> int:
    try:
        return int(app(arguments, exit_on_error=False, print_error=False) or 0)
    except (CycloptsError, UsageError) as error:
        say(f"laminoscope: {error}\nTry “laminoscope --help”.")
        return 64
    except ExperimentError as error:
        say(f"laminoscope: {error}")
        return 2
    except KeyboardInterrupt:
        say("\nlaminoscope: cancelled")
        return _INTERRUPTED
    except BrokenPipeError:  # whoever read the output has gone
        return 1
    except LaminoscopeError as error:
        say(f"\nlaminoscope: {error}")
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        say(f"\nlaminoscope: {where}{error.strerror or error}")
        return 1
    except SystemExit:
        raise
    except BaseException as error:  # a library's panic is no Exception
        if os.environ.get("LAMINOSCOPE_TRACEBACK"):
            raise
        first = (str(error).strip().splitlines() or [""])[0]
        say(
            f"\nlaminoscope: unexpected {type(error).__name__}: {first}\n"
            "This is a fault of the program; LAMINOSCOPE_TRACEBACK=1 shows where it is."
        )
        return 70


def _experiment(name: str) -> Experiment:
    from laminoscope_core.sampling.named import check_chains
    from laminoscope_resources import experiment_names, sample_experiment

    if name in experiment_names():
        return Experiment.from_text(sample_experiment(name), name)
    if not Path(name).exists():
        samples = ", ".join(experiment_names())
        raise ExperimentError(f"There is no file {name!r}.", f"Sample experiments: {samples}.")
    found = Experiment.from_file(name)
    check_chains(found.sampling, name)
    return found


def _check_sections(experiment: Experiment, name: str) -> None:
    """Refuse an experiment of which there is nothing to run."""
    from laminoscope_core.run.sections import SECTIONS

    if not any(section.asked(experiment) for section in SECTIONS.values()):
        raise ExperimentError(
            f"The experiment {name} has nothing to run.",
            "Give it a [words], a [text], a [[prompts]] or an [inside] section.",
        )


def _check_places(experiment: str, script: Path | None, save: Path | None) -> None:
    """Refuse files for results that would be written over something else."""
    for option, file in (("--script", script), ("--save", save)):
        if file is not None and file.is_dir():
            raise UsageError(f"{option}: {file} is a folder; give the name of a file.")
        if file is not None and Path(experiment).exists() and _is_same(file, Path(experiment)):
            raise UsageError(f"{option}: {file} is the experiment; give another name.")
    if script is not None and save is not None and _is_same(script, save):
        raise UsageError(f"--script and --save are both {save}; give two names.")


def _is_same(file: Path, other: Path) -> bool:
    return file.resolve() == other.resolve()


def _formats(text: str | None) -> tuple[str, ...]:
    from laminoscope_core.figures.writing import parse_formats

    if text is None:
        return ()
    try:
        return parse_formats(text)
    except ValueError as error:
        raise UsageError(f"--figures: {error}.") from None


def _kept_sites(text: str | None) -> tuple[str, ...]:
    from laminoscope_core.export.activations import kept_sites

    if text is None:
        return ()
    try:
        return kept_sites(text)
    except LaminoscopeError as error:
        raise UsageError(f"--keep-activations: {error}") from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LaminoscopeError(
            f"{folder} cannot be made: {error.strerror}.", "Choose another folder."
        ) from None
