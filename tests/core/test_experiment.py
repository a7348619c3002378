import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment, PromptSection, WordsSection
from laminoscope_core.section import problems, reasons
from laminoscope_resources import experiment_names, sample_experiment


def test_every_sample_is_valid():
    assert "words-qkv" in experiment_names()
    for name in experiment_names():
        Experiment.from_text(sample_experiment(name), name)


def test_the_sample_is_the_articles_list():
    words = Experiment.from_text(sample_experiment("words-qkv")).words
    assert {name: len(listed) for name, listed in words.categories.items()} == {
        "space": 10,
        "furniture": 13,
        "fruit": 11,
    }


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[model]\nsauce = 'x'", "model.sauce: unknown key"),
        ("[wrods]\n", "wrods: unknown key"),
        ("[words]\n", "words.categories: missing"),
        ("[words]\ncarrier='x'\n[words.categories]\na=['b']", "{word} exactly once"),
        ("[words]\npooling='max'\n[words.categories]\na=['b']", "words.pooling"),
        ("[words]\ncontext_index=-1\n[words.categories]\na=['b']", "words.context_index"),
        ("[words.categories]\na=['x']\nb=['x']", "'x' appears twice (in 'a' and 'b')"),
        ("[words.categories]\na=[' ']", "empty word"),
        ("[words.categories]\na=[]", "no words"),
        ("[words.categories]\na=[1]", "words.categories.a.0: it must be a text, not 1"),
        ("[words]\ncategories={a='x'}", "words.categories.a: it must be a list, not 'x'"),
        ("[words]\ncategories=['x']", "words.categories: it must be a table, not ['x']"),
        ("words='x'", "words: it must be a table, not 'x'"),
        ("[words]\npooling='max'\ncategories={a=['b']}", "'first', not 'max'"),
        ("[words]\ncontext_index=-1\ncategories={a=['b']}", "it must be 0 or more, not -1"),
        ("[[prompts]]\ntext='a'\nchat='yes'", "it must be true or false, not 'yes'"),
        ("[sampling]\nseed=1.5", "sampling.seed: it must be a whole number, not 1.5"),
        ("[sampling]\nstop=[[1]]", "a list of token ids and texts, not [[1]]"),
        ("[sampling]\nstop=[true]", "a list of token ids and texts, not [True]"),
        ("[sampling]\nchain=[3]", "the name of a chain or a list of samplers, not [3]"),
        ("[sampling]\nchain=3", "the name of a chain or a list of samplers, not 3"),
        ("[sampling]\nseed=0x" + "f" * 6000, "a number in it has thousands of digits"),
        ("[sampling]\nseed=" + "9" * 6000, "TOML: a number in it has thousands of digits. Correct"),
        ("[text]\ncontent=''", "text.content"),
        ("[[prompts]]\ntext=''", "prompts.0.text"),
        ("[sampling]\nseed='x'", "sampling.seed"),
        ("[sampling]\nseed=true", "sampling.seed"),
        ("= nonsense", "not valid TOML"),
    ],
)
def test_bad_files_are_refused_by_name(text, named):
    with pytest.raises(ExperimentError) as error:
        Experiment.from_text(text, "x.toml")
    assert named in str(error.value)
    assert "x.toml" in str(error.value)


def test_unreadable_files_are_named(tmp_path):
    with pytest.raises(ExperimentError, match=r"nothing\.toml cannot be read"):
        Experiment.from_file(tmp_path / "nothing.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\x80\xfe\x00")
    with pytest.raises(ExperimentError, match="not UTF-8 text: byte 0x80 in line 1"):
        Experiment.from_file(binary)
    with pytest.raises(ExperimentError, match="is not a file"):
        Experiment.from_file(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.toml")
        with pytest.raises(ExperimentError, match="is not a file"):
            Experiment.from_file(tmp_path / "pipe.toml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marks_of_an_encoding_are_read(tmp_path, encoding):
    file = tmp_path / "a.toml"
    file.write_bytes('[text]\r\ncontent = "Grüße 梨"\r\n'.encode(encoding))
    assert Experiment.from_file(file).text.content == "Grüße 梨"
    assert Experiment.from_text('\ufeff[text]\ncontent = "a"\n').text.content == "a"


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 100_000,
        "a = " + "[" * 900 + "]" * 900,
        "a = " + "{a = " * 5_000,
        ".".join("a" * 5_000) + " = 1",
        "[" + ".".join("a" * 5_000) + "]",
        "[[sampling.chain]]\n" + ".".join("a" * 5_000) + " = 1",
        "[sampling]\nseed = " + "9" * 5_000,
        "[sampling]\nseed = 1979-13-40",
        "[words.categories]\na = [" + "1, " * 50_000 + "]",
        "".join(f"[words.categories.a{i}]\n" for i in range(2_000)),
        '[text]\ncontent = "\\ud83d"',
    ],
)
def test_deep_and_huge_files_are_refused_as_not_valid(text):
    with pytest.raises(ExperimentError, match="not valid") as refused:
        Experiment.from_text(text)
    assert len(str(refused.value)) < 3_000


def test_more_words_than_can_be_compared_are_refused():
    words = ", ".join(f'"w{i}"' for i in range(20_001))
    with pytest.raises(ExperimentError, match="there are 20001 words"):
        Experiment.from_text(f"[words.categories]\na = [{words}]")


def test_more_prompts_than_can_be_listed_are_refused():
    with pytest.raises(ExperimentError, match="there are 10001 prompts"):
        Experiment.from_text('[[prompts]]\ntext = "a"\n' * 10_001)


def test_a_file_larger_than_any_experiment_is_not_parsed(tmp_path):
    file = tmp_path / "large.toml"
    file.write_bytes(b"#" * (5 * 2**20))
    with pytest.raises(ExperimentError, match="larger than 4 MB"):
        Experiment.from_file(file)


names = st.text(min_size=1, max_size=12).filter(lambda text: text.strip())


@given(
    words=st.lists(names, min_size=1, max_size=8, unique=True),
    category=names,
    text=st.text(min_size=1),
    seed=st.integers(-(2**60), 2**60),
)
def test_toml_round_trip(words, category, text, seed):
    experiment = Experiment(
        words=WordsSection(categories={category: tuple(words)}),
        text={"content": text},
        prompts=({"text": text},),
        sampling={"seed": seed, "chain": ({"sampler": "top_k", "k": 40},)},
    )
    assert Experiment.from_text(experiment.to_toml()) == experiment


@pytest.mark.parametrize(
    "section",
    [
        {"words": {"categories": {"a": ["comet", "st\ud83dar"]}}},
        {"words": {"categories": {"\ud83d": ["comet"]}}},
        {"words": {"carrier": "\ud83d {word}", "categories": {"a": ["comet"]}}},
        {"prompts": [{"text": "White \ud83d"}]},
        {"prompts": [{"text": "White", "system": "\ud83d"}]},
    ],
)
def test_half_a_character_is_refused_by_name(section):
    with pytest.raises(ValidationError, match=r"half a character \(U\+D83D\)"):
        Experiment.model_validate(section)


INSIDE = """
[inside]
content = "The white hare sat upon the"
watch = [" snow", " grass"]
against = "The brown hare sat upon the"
interventions = [{ site = "attn_head", layer = 5, heads = [3], action = "zero" }]
induction = { sequences = 4, length = 50, seed = 0 }
"""


def test_the_inside_of_the_blocks_round_trips():
    experiment = Experiment.from_text(INSIDE)
    assert experiment.inside.watch == (" snow", " grass")
    assert experiment.inside.interventions[0].heads == (3,)
    assert experiment.inside.induction.length == 50
    assert Experiment.from_text(experiment.to_toml()) == experiment
    bare = Experiment.from_text('[inside]\ncontent = "a"')
    assert bare.inside.induction is None
    assert Experiment.from_text(bare.to_toml()) == bare


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ('site = "attn_head", layer = 5, action = "zero"', "attn_head needs heads"),
        ('site = "mlp", layer = 5, heads = [1], action = "zero"', "only attn_head has heads"),
        ('site = "mlp", layer = 5, action = "scale"', "scale needs one"),
        ('site = "mlp", layer = 5, action = "zero", factor = 2', "a factor belongs to scale"),
        ('site = "mlp", layer = 5, action = "steer"', "steer needs along"),
        ('site = "neuron", layer = 5, neurons = [1], action = "skip"', "skip is of attention"),
        ('site = "mlp", layer = -1, action = "zero"', "it must be 0 or more, not -1"),
        ('site = "mlp", layer = 0, action = "scale", factor = nan', "must be a finite number"),
        (
            'site = "mlp", layer = 0, action = "steer", along = ["a"], strength = inf',
            "must be a finite number",
        ),
        (
            'site = "attn_head", layer = 0, action = "zero", heads = [1, 1]',
            "heads stands there twice",
        ),
        (
            'site = "mlp", layer = 0, action = "zero", tokens = [2, 0, 2]',
            "tokens stands there twice",
        ),
        ('site = "mlp", layer = 1, action = "patch"', "a patch needs the second text"),
        ('site = "mlp", layer = 1, action = "zero", tokens = []', "leave them out for all"),
    ],
)
def test_an_intervention_that_cannot_be_is_an_error_that_says_why(change, said):
    text = f'[inside]\ncontent = "a"\ninterventions = [{{ {change} }}]'
    with pytest.raises(ExperimentError, match=said):
        Experiment.from_text(text)


def test_a_head_is_written_whole_once():
    with pytest.raises(ExperimentError, match=r"inside\.attention\.heads: one of the heads"):
        Experiment.from_text('[inside]\ncontent = "a"\nattention = { layer = 1, heads = [0, 0] }')


def test_one_altered_model_at_a_time():
    one, other = ({"site": "mlp", "layer": layer, "action": "zero"} for layer in (1, 2))
    inside = {"content": "a", "interventions": [one, {**other, "tokens": [0]}]}
    same = Experiment.model_validate({"inside": inside, "interventions": [one]})
    assert [number for number, _ in same.altered] == [0]
    assert Experiment.model_validate({"inside": inside, "interventions": []}).altered == ()
    with pytest.raises(ValidationError, match="alter the model in two ways; give one"):
        Experiment.model_validate({"inside": inside, "interventions": [other]})


def test_an_empty_prompt_is_told_in_words():
    with pytest.raises(ValidationError) as raised:
        PromptSection(text="")
    assert reasons(raised.value) == ["a prompt is empty"]
    assert problems(raised.value) == "text: a prompt is empty"
