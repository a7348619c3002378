"""Finished sentences of core are found again, whatever words the user has put into them."""

import re
from itertools import combinations
from string import Formatter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laminoscope_core.analysis import similarity
from laminoscope_core.plots import similarity as maps
from laminoscope_core.plots.words import pair_said, pair_text
from laminoscope_core.text import Verbatim
from laminoscope_resources import resource
from laminoscope_widgets.chain_names import chain_name
from laminoscope_widgets.phrases import Phrases
from laminoscope_widgets.translation import core_catalogue, shown_text, tr, use_language

GERMAN = core_catalogue(resource("translations", "laminoscope_de.ts"))


@pytest.fixture(scope="module")
def phrases():
    return Phrases(GERMAN)


SAMPLES = {
    **dict.fromkeys(("end", "prompt_end"), "“…7”"),
    **dict.fromkeys(("name_x", "name_y"), "Q"),
    **dict.fromkeys(("named", "token_text"), "7  ·7"),
    "quantity": "rank",
}


def filled(template, **others):
    samples = SAMPLES | others
    names = [name for _, name, *_ in Formatter().parse(template) if name is not None]
    return template.format(**{name: samples.get(name, "7") for name in names})


def test_a_text_of_every_template_is_found_again(phrases):
    pairs = [
        (filled(en), filled(de, quantity="Rang", end="„…7“", prompt_end="„…7“"))
        for en, de in GERMAN.items()
    ]
    same = dict(pairs)
    for made, german in pairs:
        assert phrases.shown(made) in (german, same[made])


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("layer 6 · 34 words · cosine · all heads", "Schicht 6 · 34 Wörter · Kosinus · alle Köpfe"),
        ("RSA within, n = 561 pairs", "RSA innerhalb, n = 561 Paare"),
        ("Q undefined: there is only one category", "Q undefiniert: es gibt nur eine Kategorie"),
        (
            "layer 3\nQ–K  0.83  p 0.012, q 0.034, 95 % −0.23 to 0.87\nnot tested",
            "Schicht 3\nQ–K  0.83  p 0.012, q 0.034, 95 % −0.23 bis 0.87\nnicht getestet",
        ),
        (
            "511 tokens × 12 layers (grey: layer 1: residual stream is not finite)",
            "511 Tokens × 12 Schichten (grau: Schicht 1: Residualstrom ist nicht endlich)",
        ),
        (
            "There is no file /home/Dr. Who/a.csv. Choose NPZ.",
            "Es gibt keine Datei /home/Dr. Who/a.csv. NPZ wählen.",
        ),
        ("a.csv cannot be read as a word list. Line 3: It has no word.",
         "a.csv lässt sich nicht als Wortliste lesen. Zeile 3: Sie hat kein Wort."),
        ("something that nobody says", "something that nobody says"),
    ],
)  # fmt: skip
def test_a_sentence_is_translated_with_all_its_parts(phrases, english, german):
    assert phrases.shown(english) == german


PARTS = sorted({word for english in GERMAN for word in english.split()})


@given(st.lists(st.sampled_from([*PARTS, "\n", "  ", " · ", "; ", "(", "“"]), max_size=40))
@settings(max_examples=30, deadline=None)
def test_any_text_has_an_answer_that_stays_the_same(phrases, parts):
    text = " ".join(parts)
    assert phrases.shown(text) == Phrases(GERMAN).shown(text)


WORDS = ("layer", "all", "Capture", "within", "across a and b", "model", "left: out, taken")


@pytest.fixture(scope="module")
def hostile():
    """Similarities of words and categories that are words of the window."""
    matrices = np.random.default_rng(5).uniform(-1, 1, (1, len(WORDS), len(WORDS)))
    sites = ("q", "k", "v")
    return similarity.Result(
        params=similarity.Params(),
        carrier="{word}",
        layers=(0,),
        words=WORDS,
        categories=("all", "within", "all", "layer", "layer", "token", "token"),
        sites=sites,
        matrices=dict.fromkeys(sites, matrices),
        reasons=dict.fromkeys(sites, ("",)),
    )


def test_words_and_categories_of_the_user_are_never_translated(phrases, hostile):
    for pair in combinations(range(len(WORDS)), 2):
        names = " – ".join(WORDS[at] for at in pair)
        assert phrases.shown(pair_text(hostile, 0, pair)) == pair_text(hostile, 0, pair)
        first, second = (hostile.categories[at] for at in pair)
        of = f"innerhalb von {first}" if first == second else f"zwischen {first} und {second}"
        said = phrases.shown(pair_said(hostile, 0, pair))
        assert said.split("\n")[0] == f"{names}, {of}"


def test_a_word_under_the_pointer_stays_as_it_is(qapp, hostile):
    use_language("de")
    try:
        image = maps.show({"similarity": hostile}, maps.View()).frames["q"].marks["map"]
        for at, word in enumerate(WORDS):
            assert isinstance(image.says(at, at), Verbatim)
            assert shown_text(image.says(at, at)) == word
    finally:
        use_language("en")


@pytest.mark.parametrize("token", ["·within", "·layer", "layer", "all", "·left", "model"])
def test_tokens_are_never_translated(phrases, token):
    assert phrases.shown(f"12  {token}  layer 3  norm 3.2, log 1.2") == (
        f"12  {token}  Schicht 3  Norm 3.2, log 1.2"
    )
    assert phrases.shown(f"{token}: 0.5, rank 3, after 2") == f"{token}: 0.5, Rang 3, nach 2"
    assert phrases.shown(f"▸ 0.3120  {token}") == f"▸ 0.3120  {token}"
    assert phrases.shown(f"“… {token}”") == f"„… {token}“"


def test_no_text_is_looked_up_in_english(qapp):
    assert shown_text("layer 3") == "layer 3"
    assert not re.search("[äöüß]", shown_text("There are no words in it."))


def test_thousands_are_set_apart_by_what_is_no_decimal_sign(qapp):
    use_language("de")
    try:
        assert tr("{n:,} left", n=49_152) == "49\u202f152 übrig"
        chain = "49,152 → 1 candidate · entropy 2.07 → 0.00 nats"
        assert shown_text(chain) == "49\u202f152 → 1 Kandidat · Entropie 2.07 → 0.00 Nat"
        assert shown_text("rank 1,225") == "Rang 1\u202f225"
        assert chain_name("min-p as a rule") == "Min-p als Regel"
        assert chain_name("mine, 1,225 as a rule") == "mine, 1,225 as a rule"
    finally:
        use_language("en")
    assert tr("{n:,} left", n=49_152) == "49,152 left"
    assert chain_name("min-p as a rule") == "min-p as a rule"
