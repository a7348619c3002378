"""Exported scripts are run, and give the numbers that they were made from."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest

from laminoscope_core import (
    Experiment,
    Session,
    Spec,
    Style,
    load_session,
    open_model,
    run_experiment,
    save_session,
    script_for,
)
from laminoscope_core.export.provenance import provenance
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.plots import laminar
from laminoscope_core.plots.registry import PLOTS, available
from laminoscope_core.run.replay import passages
from laminoscope_core.tables import Arrays, plain_text
from laminoscope_core.words_section import RsaSection

from ..conftest import FAMILIES
from ..runs import EXPERIMENT, PARAMS, as_in_the_window

HOSTILE = ["'''", '"""', "\\", "a\nb", "{x}", "#", "</s>", "\u202egnp", "=1+1", "é\u0301", "\0"]


@pytest.fixture
def start(run_python):
    """Run a script that writes to the folder ``again``; give its status and what it prints."""

    def run(script, folder):
        file = folder / "exported.py"
        file.write_text(script, encoding="utf-8")
        done = run_python(file, folder / "again")
        return done.returncode, done.stdout + done.stderr

    return run


@pytest.fixture
def run_script(start):
    """Run a script to its good end; give the folder that it wrote."""

    def run(script, folder):
        status, output = start(script, folder)
        assert status == 0, output
        return folder / "again"

    return run


def assert_same_table(table, path):
    with path.open(encoding="utf-8", newline="") as file:
        lines = file.read()
    if lines.startswith("# laminoscope: "):
        lines = lines.partition("\n")[2]
    names, *rows = csv.reader(io.StringIO(lines, newline=""), strict=True)
    assert [plain_text(name) for name in names] == list(table.columns)
    assert len(rows) == len(table)
    for name, cells in zip(table.columns, zip(*rows, strict=True), strict=True):
        values = np.asarray(table.columns[name])
        if values.dtype.kind in "if":
            numbers = np.array([float(cell or "nan") for cell in cells])
            np.testing.assert_allclose(numbers, values, rtol=1e-6, atol=1e-6, err_msg=name)
        else:
            assert [plain_text(cell) for cell in cells] == [str(v) for v in table.columns[name]]


def assert_same_files(run, rows, folder):
    for name, expected in run_tables(run).items():
        if isinstance(expected, Arrays):
            with np.load(folder / name, allow_pickle=False) as found:
                assert sorted(found.files) == sorted(expected.arrays)
                for key, array in expected.arrays.items():
                    if array.dtype.kind in "fi":
                        np.testing.assert_allclose(found[key], array, rtol=1e-6, atol=1e-6)
                    else:
                        assert found[key].tolist() == array.tolist()
        else:
            assert_same_table(expected, folder / name)
    specs = [spec for row in rows for spec in row]
    for number, spec in enumerate(specs, start=1):
        table = spec.shown(run.results).table
        assert_same_table(table, folder / "figures" / f"{number}-{spec.kind}.csv")
    record = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
    for name in ("files", "columns"):  # of the folder, not of the run
        record.pop(name)
    expected = json.loads(json.dumps(provenance(run)))
    expected["experiment"]["model"] = record["experiment"]["model"]  # as it was opened
    assert record == expected


@pytest.mark.slow
@pytest.mark.parametrize("family", FAMILIES)
def test_a_script_reproduces_every_table_of_any_family(run_script, tiny_folder, family, tmp_path):
    model = open_model(str(tiny_folder(family)), device="cpu")
    run = run_experiment(model, EXPERIMENT, params=PARAMS)
    assert_same_files(run, [], run_script(script_for(run), tmp_path))


@pytest.mark.model
@pytest.mark.slow
def test_a_script_reproduces_a_panel_of_the_default_model(run_script, default_model, tmp_path):
    experiment = Experiment.from_text('''
        [words.categories]
        space = ["galaxy", "comet", "moon", "star"]
        furniture = ["sofa", "lamp", "door", "bed"]
    ''')  # fmt: skip
    run = run_experiment(default_model, experiment, params=PARAMS)
    rows = [[Spec("laminar", laminar.View(layer=12, fisher_z=True))]]
    assert_same_files(run, rows, run_script(script_for(run, rows), tmp_path))


def every_plot(run):
    """Return every kind of plot: as it is by itself, and of the second layer or prompt."""
    rows = [[Spec(kind.id)] for kind in available(run.results)]
    for kind in available(run.results):
        names = {field.name for field in fields(kind.module.View)} & {"layer", "prompt"}
        rows += [[Spec(kind.id, kind.module.View(**{name: 1}))] for name in sorted(names)]
    return rows


@pytest.mark.slow
def test_a_script_does_again_whatever_was_done_in_the_window(run_script, tiny_folder, tmp_path):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    sections, others = ("words", "models", "text", "prompts", "inside"), (str(tiny_folder("gpt2")),)
    run = as_in_the_window(model, sections, others)
    assert [len(found.tokens) for found in passages(run)] == [3, 1, 6]
    rows = every_plot(run)
    assert {spec.kind for row in rows for spec in row} == set(PLOTS)
    script = script_for(run, rows, Style(dpi=72), whole=True)
    assert "seed=1208925819614629174706176" in script
    assert run.results["models"].read[0].model.revision in script
    folder = run_script(script, tmp_path)
    assert_same_files(run, rows, folder)
    assert {"figure.svg", "figure.pdf", "figure.png"} <= {
        file.name for file in (folder / "figures").iterdir()
    }


def test_a_session_gives_the_script_of_its_run(tiny_folder, tmp_path):
    run = as_in_the_window(open_model(str(tiny_folder("llama")), device="cpu"))
    save_session(tmp_path / "a.laminoscope", Session(EXPERIMENT, run))
    loaded = load_session(tmp_path / "a.laminoscope").run
    assert script_for(loaded) == script_for(run)


@pytest.fixture(scope="session")
def small_run(tiny_folder):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    return run_experiment(model, EXPERIMENT, sections=("words",), params=PARAMS)


def test_a_script_holds_only_what_was_run(small_run):
    script = script_for(small_run)
    assert 'sections=("words",)' in script
    assert "adjustments" not in script
    assert "FIGURE" not in script
    assert "rsa_chance.Params(n_permutations=19, n_resamples=19, seed=5)" in script


def test_the_script_of_a_figure_computes_what_it_shows(tiny_folder):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    run = run_experiment(model, EXPERIMENT)
    assert 'run_experiment(model, experiment, sections=("words",))' in script_for(
        run, [[Spec("unity")]]
    )
    assert "run_experiment(model, experiment)" in script_for(run, [[Spec("unity")]], whole=True)
    window = as_in_the_window(model, sections=("words", "text", "prompts"))
    assert "WRITTEN" not in script_for(window, [[Spec("unity")]])
    assert "MEASURED" not in script_for(window, [[Spec("chain")]])
    for needed in ("WRITTEN", "LoopRequest", "EchoRequest"):
        assert needed in script_for(window, [[Spec("loops")]])
    assert "run_experiment(model, experiment)" in script_for(run)


def test_a_run_with_the_defaults_needs_no_parameters(tiny_folder):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    run = run_experiment(model, EXPERIMENT, sections=("text",))
    assert "PARAMS" not in script_for(run)


def test_heads_that_only_the_window_asked_for_are_scored_again(small_run):
    assert "rsa_heads" not in script_for(small_run)  # the experiment asks for them
    unasked = small_run.experiment.model_copy(update={"rsa": RsaSection()})
    script = script_for(replace(small_run, experiment=unasked))
    assert '"rsa-heads": rsa_heads.Params()' in script


def test_the_same_run_gives_the_same_script(small_run):
    rows = [[Spec("unity")]]
    assert script_for(small_run, rows) == script_for(small_run, rows)


def test_only_the_public_interface_is_imported(small_run):
    rows = [[Spec(kind.id) for kind in available(small_run.results)]]
    lines = [line for line in script_for(small_run, rows, Style()).splitlines() if "import" in line]
    packages = ("", ".analysis", ".figures", ".run.replay", ".sampling")
    public = {"sys", "pathlib", *(f"laminoscope_core{name}" for name in packages)}
    assert {line.split()[1] for line in lines if line.startswith(("from", "import"))} <= public


@pytest.mark.parametrize(
    ("name", "said"),
    [("REVISION", "These are other weights: sha256:"), ("TOKENS", "have become other tokens")],
)
def test_other_weights_and_other_tokens_are_refused(small_run, start, tmp_path, name, said):
    script = script_for(small_run).replace(f'{name} = "', f'{name} = "x')
    status, output = start(script, tmp_path)
    assert status == 1
    assert said in output
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("source", ["openai-community/gpt2", "gpt2", "gpt2@main"])
def test_a_model_of_a_hub_is_opened_at_the_commit_of_the_run(small_run, source):
    commit = "607a30d783dfa663caf39e06633721c8d4cfcd7e"
    run = replace(small_run, model=replace(small_run.model, source=source, revision=commit))
    assert f'source = "{source.partition("@")[0]}@{commit}"' in script_for(run)


def hostile_script(small_run):
    words = small_run.experiment.words
    odd = words.model_copy(
        update={
            "carrier": 'say """ {word} \\',
            "categories": {"'''": tuple(HOSTILE[:5]), '"\n': tuple(HOSTILE[5:])},
        }
    )
    experiment = small_run.experiment.model_copy(update={"words": odd})
    info = replace(small_run.model, source='a"""b\\\n\u202e', title="\n'''", revision="\"'\n{}")
    origin = {"libraries": {"torch": "2\nimport os"}}
    run = replace(small_run, model=info, experiment=experiment, origin=origin)
    return script_for(run, [[Spec("laminar")]]), experiment, info


def test_no_text_gets_out_of_its_quotes(small_run):
    script, experiment, info = hostile_script(small_run)
    names = {"__name__": "exported"}
    exec(compile(script, "exported.py", "exec"), names)
    assert Experiment.from_text(names["EXPERIMENT"]).words == experiment.words
    assert Experiment.from_text(names["EXPERIMENT"]).model.source == info.source
    assert names["REVISION"] == info.revision
    assert "os" not in names
    assert script.replace("\n", "").isprintable()


def test_scripts_are_laid_out_as_ruff_does(small_run, tiny_folder, tmp_path):
    model = open_model(str(tiny_folder("llama")), device="cpu")
    run = as_in_the_window(model, sections=("words", "text", "prompts", "inside"))
    scripts = [
        script_for(small_run),
        script_for(run, every_plot(run), Style(dpi=72), whole=True),
        hostile_script(small_run)[0],
    ]
    for number, script in enumerate(scripts):
        (tmp_path / f"{number}.py").write_text(script, encoding="utf-8")
    for command in (["format", "--diff"], ["check", "--select", "E4,E7,E9,F,I,UP"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--isolated", str(tmp_path)],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
