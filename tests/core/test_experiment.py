import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import Experiment, WordsSection
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
        ("[words.categories]\na=[1]", "words.categories.a.0"),
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
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ExperimentError, match="not a UTF-8"):
        Experiment.from_file(binary)


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
