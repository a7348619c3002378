"""Where a word is in its sentence, and what is kept of it."""

from typing import Any

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from laminoscope_core import Experiment, Job, capture, wrap_model
from laminoscope_core.analysis import rsa_chance
from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import WordsSection
from laminoscope_core.export.run_files import run_tables
from laminoscope_core.models.model import Model
from laminoscope_core.run.run import run_experiment
from laminoscope_core.run.words import capture_words, word_prompts

CARRIER = "The next word is {word}"


def byte_level(merges: list[str], bos: bool = False, trim: bool = False) -> PreTrainedTokenizerFast:
    """A tokenizer that knows the bytes and the given words, each with its leading space."""
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    vocab = {letter: index for index, letter in enumerate(letters)}
    pairs = []
    for word in merges:
        built = word[0]
        for letter in word[1:]:
            if (built, letter) not in pairs:
                pairs.append((built, letter))
            built += letter
            vocab.setdefault(built, len(vocab))
    tokenizer = Tokenizer(models.BPE(vocab, pairs))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=trim)
    if bos:
        tokenizer.add_special_tokens(["<s>"])
        tokenizer.post_processor = processors.TemplateProcessing(
            single="<s> $A", special_tokens=[("<s>", tokenizer.token_to_id("<s>"))]
        )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, bos_token="<s>" if bos else None, eos_token=None
    )


WORDS = ["The", "Ġnext", "Ġword", "Ġis", "Ġstar", "Ġso", "fa"]


def model_with(tokenizer: PreTrainedTokenizerFast) -> Model:
    torch.manual_seed(0)
    config = GPT2Config(
        vocab_size=len(tokenizer), n_positions=64, n_embd=16, n_layer=2, n_head=2,
        initializer_range=0.3,
    )  # fmt: skip
    return wrap_model(GPT2LMHeadModel(config), tokenizer)


def section(words: list[str], carrier: str = CARRIER, **settings: object) -> WordsSection:
    return WordsSection(carrier=carrier, categories={"all": tuple(words)}, **settings)


@pytest.mark.parametrize("bos", [False, True])
@pytest.mark.parametrize("trim", [False, True])
def test_a_word_is_found_by_its_characters_with_the_space_merged_into_its_token(
    bos: bool, trim: bool
) -> None:
    prompts = word_prompts(model_with(byte_level(WORDS, bos, trim)), section(["star", "sofa"]))
    assert prompts.tokens[1][bos:] == ("The", " next", " word", " is", " so", "fa")
    assert prompts.pieces == (("star",), ("so", "fa"))
    assert prompts.n_tokens == (1, 2)
    assert prompts.word_tokens.tolist() == [[4 + bos, 5 + bos], [4 + bos, 6 + bos]]
    if bos:
        assert prompts.tokens[0][0] == "<s>"


def sentencepiece_like(bos: bool) -> PreTrainedTokenizerFast:
    """Puts a space that is not there before a text, and falls back on bytes; closes with </s>."""
    names = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256))]
    names += ["▁", "中", "国", "中国", "i", "s", "▁i", "▁is"]
    vocab = {name: index for index, name in enumerate(names)}
    merges = [("中", "国"), ("▁", "i"), ("▁i", "s")]
    tokenizer = Tokenizer(models.BPE(vocab, merges, unk_token="<unk>", byte_fallback=True))
    tokenizer.add_special_tokens(["<s>", "</s>"])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>" if bos else "$A </s>", special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="<unk>")


@pytest.mark.parametrize(
    ("word", "carrier", "tokens", "inside"),
    [
        ("中国", "{word} is", ("▁", "中国", "▁is"), [1]),
        ("猫", "{word} is", ("▁", "<0xE7>", "<0x8C>", "<0xAB>", "▁is"), [1, 2, 3]),
        ("猫中", "is {word}", ("▁is", "▁", "<0xE7>", "<0x8C>", "<0xAB>", "中"), [2, 3, 4, 5]),
        ("is", "{word} 中国", ("▁is", "▁", "中国"), [0]),
        ("中国", "is {word}", ("▁is", "▁", "中国"), [2]),
    ],
)
@pytest.mark.parametrize("pooling", ["last", "mean", "first"])
def test_no_token_without_a_character_of_the_word_is_pooled(
    word: str, carrier: str, tokens: tuple[str, ...], inside: list[int], pooling: str
) -> None:
    model = model_with(sentencepiece_like(bos=True))
    words = section([word], carrier, pooling=pooling, context_index=0)
    prompts = word_prompts(model, words)
    assert model.tokenizer is not None
    names = model.tokenizer.convert_ids_to_tokens(list(prompts.token_ids[0]))
    assert tuple(names) == ("<s>", *tokens), "a start token and no closing one"
    assert prompts.n_tokens == (len(inside),)
    rows = {"last": inside[-1:], "first": inside[:1], "mean": inside}[pooling]
    found = capture_words(model, words, ["resid_out"]).target["resid_out"]
    whole = capture(model, [prompts.token_ids[0]], ["resid_out"]).array("resid_out")
    expected = whole[:, 0, [1 + row for row in rows]].mean(1)
    np.testing.assert_allclose(found[:, 0], expected, rtol=1e-5, atol=1e-6)


def test_the_sentence_goes_on_after_the_word() -> None:
    model = model_with(byte_level(WORDS))
    prompts = word_prompts(model, section(["sofa"], "The word {word} is next", context_index=0))
    assert prompts.word_tokens.tolist() == [[2, 4]]


@pytest.mark.parametrize(
    ("pooling", "rows"), [("last", [5, 6]), ("first", [4, 5]), ("mean", [4, 6])]
)
def test_pooling_chooses_the_rows_of_a_word(pooling: str, rows: list[int]) -> None:
    model = model_with(byte_level(WORDS))
    words = section(["star", "sofa"], pooling=pooling)
    prompts = word_prompts(model, words)
    assert prompts.spans[:, 0].tolist() == [[4, 5], rows]
    assert prompts.spans[:, 1].tolist() == [[1, 2], [1, 2]]

    found = capture_words(model, words, ["q", "resid_out"])
    plain = capture(model, prompts.sentences, ["q", "resid_out"])
    assert found.target["q"].shape == (2, 2, 2, 8)
    for site in ("q", "resid_out"):
        expected = plain.array(site)[:, 1, rows[0] : rows[1]].mean(1)
        np.testing.assert_allclose(found.target[site][:, 1], expected, rtol=1e-5, atol=1e-6)
        np.testing.assert_allclose(
            found.context[site], plain.array(site)[:, :, 1], rtol=1e-5, atol=1e-6
        )


@pytest.mark.parametrize("bos", [False, True])
@pytest.mark.parametrize(("index", "token"), [(0, "The"), (1, " next"), (3, " is")])
def test_the_context_token_is_counted_after_a_start_token_and_named(
    bos: bool, index: int, token: str
) -> None:
    model = model_with(byte_level(WORDS, bos))
    words = section(["star", "sofa"], context_index=index)
    prompts = word_prompts(model, words)
    assert prompts.context_token == token
    assert prompts.spans[:, 1].tolist() == [[index + bos, index + bos + 1]] * 2
    found = capture_words(model, words, ["resid_out"])
    plain = capture(model, prompts.sentences, ["resid_out"]).array("resid_out")
    np.testing.assert_allclose(
        found.context["resid_out"], plain[:, :, index + bos], rtol=1e-5, atol=1e-6
    )


def test_a_start_token_that_its_tokenizer_does_not_call_special_is_one_all_the_same() -> None:
    prompts = word_prompts(model_with(sentencepiece_like(bos=True)), section(["中国"], "is {word}"))
    assert prompts.token_ids[0][0] == 1
    assert prompts.context_token == " "


@pytest.mark.parametrize(
    ("carrier", "index", "why"),
    [
        ("{word} is next", 1, "there is no token 1 before the word “star”"),
        ("{word} is next", 0, "there is no token 0 before the word “star”"),
        (CARRIER, 9, "there is no token 9 before the word “star”"),
    ],
)
def test_without_a_context_token_everything_else_runs(carrier: str, index: int, why: str) -> None:
    model = model_with(byte_level(["star", "so", "fa", *WORDS]))
    experiment = Experiment(words=section(["star", "sofa"], carrier, context_index=index))
    few = {
        "rsa-chance": rsa_chance.Params(19, 9),
        "separability-chance": rsa_chance.Params(19, 9),
    }
    results = run_experiment(model, experiment, params=few).results
    assert results["words"].no_context.startswith(why)
    assert results["words"].context_token == ""
    assert results["words"].target["q"].shape == (2, 2, 2, 8)
    direct = results["direct"]
    assert np.isnan(direct.r[:, :, 0]).all()
    assert set(direct.reasons[:, :, 0].ravel()) == {results["words"].no_context}
    assert direct.note("context") == ""
    assert np.isfinite(direct.r[:, :, 1]).all()
    assert {"similarity", "rsa", "cka", "separability"} <= results.keys()


@pytest.mark.parametrize(
    ("pooling", "copies"),
    [("first", ["", "sofa", ""]), ("last", ["", "", ""]), ("mean", ["", "", ""])],
)
def test_words_that_are_one_to_the_model_are_copies(pooling: str, copies: list[str]) -> None:
    model = model_with(byte_level([*WORDS, "Ġso"]))
    words = section(["sofa", "sol", "star"], pooling=pooling)
    found = capture_words(model, words, ["q"])
    assert list(found.copy_of) == copies
    # rows of one batch may differ in the last bit
    same = np.allclose(found.target["q"][:, 0], found.target["q"][:, 1], rtol=1e-5, atol=1e-6)
    assert same == (copies[1] != "")


def test_the_same_last_token_after_another_is_no_copy() -> None:
    # both end in "fa", but attention has seen what stands before
    model = model_with(byte_level([*WORDS, "Ġal"]))
    found = capture_words(model, section(["sofa", "alfa"]), ["q"])
    assert len({ids[-1] for ids in found.pooled_ids}) == 1
    assert found.copy_of == ("", "")
    assert not np.allclose(found.target["q"][:, 0], found.target["q"][:, 1])


def test_unknown_tokens_are_named_and_their_words_are_copies() -> None:
    names = ["[UNK]", "the", "word", "star"]
    tokenizer = Tokenizer(models.WordLevel({n: i for i, n in enumerate(names)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    model = model_with(PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]"))
    experiment = Experiment(words=section(["تفاحة", "star", "كرسي", "قمر"], "the word {word}"))
    few = {name: rsa_chance.Params(19, 9) for name in ("rsa-chance", "separability-chance")}
    run = run_experiment(model, experiment, params=few)
    words = run.results["words"]
    assert words.unknown == ("[UNK]", "", "[UNK]", "[UNK]")
    assert words.copy_of == ("", "", "تفاحة", "تفاحة")
    table = run_tables(run)["rsa/words.csv"].columns
    assert list(table["copy_of"]) == ["", "", "تفاحة", "تفاحة"]
    assert list(table["unknown"]) == ["[UNK]", "", "[UNK]", "[UNK]"]


def test_the_bytes_of_one_letter_all_belong_to_the_word() -> None:
    model = model_with(byte_level(WORDS))
    prompts = word_prompts(model, section(["é"]))
    assert prompts.tokens[0][4:] == (" ", "⟨0xC3⟩", "⟨0xA9⟩")
    assert prompts.n_tokens == (2,), "the space before it is a token of its own"


class NoOffsets(PreTrainedTokenizerFast):
    """Like the tokenizers written in Python: it cannot say where its tokens are."""

    is_fast = False

    def __call__(self, *args, **kwargs):
        assert not kwargs.get("return_offsets_mapping")
        return super().__call__(*args, **kwargs)


def test_without_offsets_the_word_is_found_by_decoding() -> None:
    fast = byte_level(WORDS, bos=True)
    slow = NoOffsets(tokenizer_object=fast.backend_tokenizer, bos_token="<s>", eos_token=None)
    words = section(["star", "sofa"])
    expected = word_prompts(model_with(fast), words)
    found = word_prompts(model_with(slow), words)
    np.testing.assert_array_equal(found.word_tokens, expected.word_tokens)
    assert found.pieces == expected.pieces


def test_without_offsets_or_a_faithful_decoder_it_says_so() -> None:
    lossy = byte_level(WORDS).backend_tokenizer
    lossy.normalizer = normalizers.Lowercase()
    slow = NoOffsets(tokenizer_object=lossy, eos_token=None)
    with pytest.raises(ExperimentError, match="cannot say which tokens"):
        word_prompts(model_with(slow), section(["star"]))


@pytest.fixture(scope="module")
def smollm2(default_model: Model) -> Model:
    return default_model


@pytest.mark.model
def test_smollm2_splits_sofa_and_keeps_galaxy(smollm2: Model) -> None:
    prompts = word_prompts(smollm2, section(["galaxy", "sofa"]))
    assert prompts.pieces == (("galaxy",), ("so", "fa"))


@pytest.mark.model
def test_direct_correlations_of_the_sample_agree_with_the_golden_file(
    smollm2: Model, golden: dict[str, Any]
) -> None:
    categories: dict[str, tuple[str, ...]] = {}
    for category, word in golden["words"]:
        categories[category] = (*categories.get(category, ()), word)
    words = WordsSection(
        carrier=golden["carrier"], categories=categories, context_index=golden["context_index"]
    )
    reports: list[float] = []
    found = capture_words(smollm2, words, job=Job(lambda fraction, _: reports.append(fraction)))
    assert found.target["q"].shape == (30, 34, 9, 64)
    assert found.target["k"].shape == (30, 34, 3, 64)
    assert len(reports) >= 30
    for layer, expected in enumerate(golden["results"]["direct"]):
        flat = {
            site: np.repeat(rows[layer], 9 // rows.shape[2], axis=1).ravel()
            for site, rows in found.context.items()
        }
        r = np.corrcoef([flat["q"], flat["k"], flat["v"]])
        np.testing.assert_allclose([r[0, 1], r[0, 2], r[1, 2]], expected, atol=1e-3)
    # An analysis of the words themselves: cosine similarities, correlated over all pairs.
    upper = np.triu_indices(34, 1)
    for layer, expected in enumerate(golden["results"]["rsa"]):
        vectors = {}
        for site, rows in found.target.items():
            flat_rows = rows[layer].reshape(34, -1).astype(np.float64)
            unit = flat_rows / np.linalg.norm(flat_rows, axis=1, keepdims=True)
            vectors[site] = (unit @ unit.T)[upper]
        r = np.corrcoef([vectors["q"], vectors["k"], vectors["v"]])
        np.testing.assert_allclose([r[0, 1], r[0, 2], r[1, 2]], expected, atol=1e-3)
