"""Token texts as they stand in running text, whatever the tokenizer does to single tokens."""

from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from laminoscope_core.experiment import PromptSection
from laminoscope_core.sampling import Candidates, Chain, RenderedPrompt, SamplingError
from laminoscope_core.sampling.branches import branch_rows
from laminoscope_core.sampling.generate import Choice, Node
from laminoscope_core.sampling.loops import echo_curve
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.places import Place
from laminoscope_core.sampling.vocabulary import (
    decoded_after_text,
    exact_texts,
    find_token,
    stop_ids,
    token_texts,
)
from laminoscope_core.text import joined_text


def sentencepiece_like():
    """As Llama 2 has it: ▁ for spaces, bytes as <0x..>, and the first space of a text dropped."""
    pieces = [
        "<unk>",
        "<s>",
        "</s>",
        "<0xE2>",
        "<0x0A>",
        "▁",
        "a",
        "s",
        "n",
        "▁a",
        "▁an",
        "▁s",
        "an",
    ]
    merges = [("▁", "a"), ("▁a", "n"), ("▁", "s"), ("a", "n")]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    backend = Tokenizer(models.BPE(vocabulary, merges, unk_token="<unk>", byte_fallback=True))
    backend.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="first")
    backend.decoder = decoders.Sequence(
        [
            decoders.Replace("▁", " "),
            decoders.ByteFallback(),
            decoders.Fuse(),
            decoders.Strip(" ", 1, 0),
        ]
    )
    return PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="<unk>", eos_token="</s>")


def test_half_a_character_is_no_token():
    assert find_token(sentencepiece_like(), "a\ud83d") == (0, 0)
    with pytest.raises(SamplingError, match="half a character"):
        stop_ids(["\ud83d"], sentencepiece_like(), 10)


def word_pieces():
    """As BERT has it: pieces inside a word begin with ##, there are no bytes to fall back on."""
    pieces = ["[UNK]", "sun", "##set", "a", "moon", "."]
    backend = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]"))
    backend.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    backend.decoder = decoders.WordPiece()
    return PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="[UNK]")


def test_a_leading_space_is_kept_where_the_tokenizer_drops_it():
    tokenizer = sentencepiece_like()
    assert tokenizer.decode([9]) == "a"  # the reason for all this
    texts = token_texts(tokenizer)
    assert [texts[token] for token in (6, 9, 10, 5, 4)] == ["a", " a", " an", " ", "\n"]
    assert exact_texts(tokenizer)[3] == "⟨0xE2⟩"
    assert decoded_after_text(tokenizer, [9, 8]) == " an"
    assert decoded_after_text(tokenizer, []) == ""


def test_every_text_is_what_the_token_adds_to_a_text():
    for tokenizer in (sentencepiece_like(), word_pieces()):
        texts = token_texts(tokenizer)
        anchor = tokenizer.encode("a", add_special_tokens=False)
        before = tokenizer.backend_tokenizer.decode(anchor, skip_special_tokens=False)
        for token in range(len(tokenizer)):
            both = tokenizer.backend_tokenizer.decode([*anchor, token], skip_special_tokens=False)
            assert before + texts[token] == both


def test_pieces_inside_a_word_have_no_space():
    texts = token_texts(word_pieces())
    assert (texts[1], texts[2], texts[5]) == (" sun", "set", ".")


def test_a_word_in_the_middle_of_a_text_is_found_whole():
    tokenizer = sentencepiece_like()
    assert tokenizer.encode("an", add_special_tokens=False) == [10]  # which is " an"
    assert find_token(tokenizer, "an") == (12, 1)
    assert find_token(tokenizer, " an") == (10, 1)
    token, count = find_token(tokenizer, "ns")
    assert count > 1
    assert find_token(tokenizer, "") == (0, 0)
    assert token == tokenizer.encode("ns", add_special_tokens=False)[0]


def test_stop_tokens_are_ids_or_texts_of_one_token(llama):
    tokenizer = llama.tokenizer
    assert stop_ids([1, ".", "\n"], tokenizer, 32) == {1, 31, 30}
    assert stop_ids([], None, 32) == frozenset()
    with pytest.raises(SamplingError, match="no token 32 to stop at; the model's are 0 to 31"):
        stop_ids([32], tokenizer, 32)
    with pytest.raises(SamplingError, match="no token -1"):
        stop_ids([-1], tokenizer, 32)
    with pytest.raises(SamplingError, match="“ab” is 2 tokens; a stop token is exactly one"):
        stop_ids(["ab"], tokenizer, 32)
    with pytest.raises(SamplingError, match="is no token"):
        stop_ids([""], tokenizer, 32)
    with pytest.raises(SamplingError, match="needs a tokenizer"):
        stop_ids(["a"], None, 32)


def test_an_echo_begins_with_the_token_of_the_text_with_its_space(llama):
    model = replace(llama, tokenizer=sentencepiece_like())
    curve = echo_curve(model, " an", 3)
    assert list(curve.tokens) == [10, 10, 10]
    assert (curve.rank >= 1).all()


def test_what_a_vocabulary_does_not_know_is_no_token():
    backend = Tokenizer(models.WordLevel({"<unk>": 0, "sun": 1, "the": 2}, "<unk>"))
    backend.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="<unk>")
    assert tokenizer("moon")["input_ids"] == [0]
    assert [find_token(tokenizer, text) for text in ("moon", "sun", "<unk>", "moon sun")] == [
        (0, 0), (1, 1), (0, 1), (0, 0),
    ]  # fmt: skip
    assert find_token(tokenizer, "the moon") == (2, 2)
    with pytest.raises(SamplingError, match="“moon” is no token of this model"):
        stop_ids(["moon"], tokenizer, 3)


def test_texts_of_tokens_that_are_parts_of_characters_join_to_the_text():
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    backend = Tokenizer(models.BPE({letter: at for at, letter in enumerate(alphabet)}, []))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    backend.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend)
    text = "it’s 猫 and 🐇"
    ids = tokenizer(text)["input_ids"]
    texts = exact_texts(tokenizer)
    assert len(ids) == len(text.encode())
    assert joined_text(texts[token] for token in ids) == tokenizer.decode(ids) == text
    assert joined_text(texts[token] for token in ids[:-1]) == text[:-1] + "⟨0xF0⟩⟨0x9F⟩⟨0x90⟩"
    node = Node(None, None, 0)
    for token in ids:
        node = Node(node, token, 1, Choice(0.5, 0.5, 1, 1.0, 0.5, np.arange(1), np.ones(1)))
    prompt = PromptSection(text="So: ")
    place = Place(prompt, RenderedPrompt("So: ", ()), Candidates.from_logits([0.0]), node)
    tokens = NextTokens((place,), texts, Chain([]), 0, frozenset())
    assert tokens.text_before(place) == "So: " + text
    (row,) = branch_rows(node.path, node, tokens.text_of)
    assert row.text == text
