"""Texts as token ids: no closing special token, and ranges of characters that are true."""

import pytest
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import LlamaTokenizer, PreTrainedTokenizerFast

from laminoscope_core.errors import ExperimentError, ModelError
from laminoscope_core.models.encoding import doubled_start, encode_text
from laminoscope_core.models.left_out import left_out

NAMES = ["<unk>", "<s>", "</s>", "[CLS]", "[SEP]", "en_XX", "the", "sun", "rose"]
IDS = {name: index for index, name in enumerate(NAMES)}
TEMPLATES = {
    "none": ("$A", []),
    "llama": ("<s> $A", ["<s>"]),
    "llama that closes": ("<s> $A </s>", ["<s>"]),
    "t5": ("$A </s>", []),
    "bert": ("[CLS] $A [SEP]", ["[CLS]"]),
    "xlnet": ("$A [SEP] [CLS]", []),
    "mbart": ("$A </s> en_XX", []),
    "opt": ("</s> $A", ["</s>"]),
    "two before": ("[CLS] <s> $A </s>", ["[CLS]", "<s>"]),
}


def of_words(template):
    """A tokenizer of words whose post-processor is a template."""
    backend = Tokenizer(models.WordLevel(IDS, unk_token="<unk>"))
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    backend.add_special_tokens(NAMES[:6])
    used = [name for name in NAMES[:6] if name in template]
    backend.post_processor = processors.Sequence(
        [
            processors.ByteLevel(trim_offsets=False),
            processors.TemplateProcessing(
                single=template, special_tokens=[(name, IDS[name]) for name in used]
            ),
        ]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=backend, bos_token="<s>", eos_token="</s>", unk_token="<unk>"
    )


@pytest.mark.parametrize("name", list(TEMPLATES))
@pytest.mark.parametrize(
    "text", ["the sun rose", "sun </s>", "</s>", "<s> sun", "the <s> sun [SEP] [CLS]"]
)
def test_start_tokens_are_added_and_closing_ones_are_not(name, text):
    template, before = TEMPLATES[name]
    found = encode_text(of_words(template), text)
    assert list(found.names) == [*before, *text.split()]
    assert found.ids == tuple(IDS[token] for token in found.names)
    assert found.n_added == len(before)
    held = [text[start:stop] for start, stop in found.offsets]
    assert held == [*("" for _ in before), *text.split()]


@pytest.mark.parametrize("bos", [False, True])
@pytest.mark.parametrize("eos", [False, True])
def test_the_flags_of_a_llama_tokenizer(bos, eos):
    vocabulary = {"<unk>": 0, "<s>": 1, "</s>": 2, "▁": 3, "s": 4, "u": 5, "n": 6, "▁s": 7}
    tokenizer = LlamaTokenizer(
        vocab=vocabulary, merges=[("▁", "s")], add_bos_token=bos, add_eos_token=eos
    )
    assert (tokenizer("sun").input_ids[-1] == 2) is eos, "what it would do by itself"
    found = encode_text(tokenizer, "sun")
    assert found.names == (*(["<s>"] if bos else []), "▁s", "u", "n")


def test_without_special_tokens_none_is_added():
    tokenizer = of_words(TEMPLATES["bert"][0])
    assert encode_text(tokenizer, "sun rose", special=False).names == ("sun", "rose")


@pytest.mark.parametrize(
    ("name", "text", "twice"),
    [
        ("llama", "<s> sun", "<s>"),
        ("llama", "sun <s>", ""),
        ("llama", "sun sun", ""),
        ("none", "<s> <s> sun", ""),
        ("bert", "[CLS] sun", "[CLS]"),
        ("bert", "<s> sun", ""),
        ("two before", "<s> sun", "<s>"),
        ("opt", "</s> sun", "</s>"),
        ("t5", "</s> </s>", ""),
        ("llama", "", ""),
    ],
)
def test_a_start_token_that_is_typed_and_added_again_is_named(name, text, twice):
    assert doubled_start(encode_text(of_words(TEMPLATES[name][0]), text)) == twice


def sentencepiece_like(way, n_bytes):
    """As Llama 2 (``prepend``) and its successors (``metaspace``) put a space before a text."""
    words = ["▁The", "▁is", "中国"]
    names = ["<unk>", "<s>", "▁", "▁▁", *(f"<0x{byte:02X}>" for byte in range(n_bytes)), *words]
    vocabulary = {name: index for index, name in enumerate(names)}
    merges = [("▁", "▁")]
    for word in words:
        built = word[0]
        vocabulary.setdefault(built, len(vocabulary))
        for letter in word[1:]:
            vocabulary.setdefault(letter, len(vocabulary))
            merges.append((built, letter))
            built += letter
            vocabulary.setdefault(built, len(vocabulary))
    backend = Tokenizer(
        models.BPE(vocabulary, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=n_bytes > 0)
    )
    backend.add_special_tokens(["<s>"])
    if way == "metaspace":
        backend.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    else:
        backend.normalizer = normalizers.Sequence(
            [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
        )
    return PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="<unk>")


CAT = [(f"<0x{byte:02X}>", "猫") for byte in "猫".encode()]


@pytest.mark.parametrize("way", ["metaspace", "prepend"])
@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("中国 is", [("▁", ""), ("中国", "中国"), ("▁is", " is")]),
        ("The 中国", [("▁The", "The"), ("▁", " "), ("中国", "中国")]),
        ("The  中国", [("▁The", "The"), ("▁▁", "  "), ("中国", "中国")]),
        ("▁中国", None),
        ("猫 is", [("▁", ""), *CAT, ("▁is", " is")]),
        ("The 猫", [("▁The", "The"), ("▁", " "), *CAT]),
    ],
)
def test_a_space_that_is_not_in_the_text_holds_no_character(way, text, held):
    found = encode_text(sentencepiece_like(way, 256), text)
    spans = [text[start:stop] for start, stop in found.offsets]
    if held is None:  # the sign itself, typed
        assert "▁" in "".join(spans)
    else:
        assert list(zip(found.names, spans, strict=True)) == held


@pytest.mark.parametrize("trim", [False, True])
def test_the_space_that_byte_level_tokenizers_put_before_a_text_holds_none_either(trim):
    letters = sorted(pre_tokenizers.ByteLevel.alphabet())
    backend = Tokenizer(models.BPE({letter: index for index, letter in enumerate(letters)}, []))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    backend.decoder = decoders.ByteLevel()
    backend.post_processor = processors.ByteLevel(trim_offsets=trim)
    found = encode_text(PreTrainedTokenizerFast(tokenizer_object=backend), "中 a")
    assert found.names[0] == "Ġ"
    assert found.offsets[:4] == ((0, 0), (0, 1), (0, 1), (0, 1))


def test_half_a_character_is_refused_with_its_place():
    with pytest.raises(ExperimentError, match=r"half a character \(U\+D83D\) at 4"):
        encode_text(of_words("$A"), "sun \ud83d")


def test_what_the_tokenizer_raises_is_told_as_ours():
    backend = Tokenizer(models.WordLevel({"sun": 0}))  # no token for the unknown
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend)
    with pytest.raises(ModelError, match="cannot read 'moon'"):
        encode_text(tokenizer, "moon")
    assert encode_text(tokenizer, "sun").names == ("sun",)


def of_letters(letters, **kinds):
    """A tokenizer that drops what is none of its letters."""
    backend = Tokenizer(models.BPE({letter: index for index, letter in enumerate(letters)}, []))
    for kind, value in kinds.items():
        setattr(backend, kind, value)
    return PreTrainedTokenizerFast(tokenizer_object=backend)


def of_bytes(without):
    alphabet = sorted(set(pre_tokenizers.ByteLevel.alphabet()) - set(without))
    before = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return of_letters(alphabet, pre_tokenizer=before, decoder=decoders.ByteLevel())


@pytest.mark.parametrize(
    ("tokenizer", "text", "named"),
    [
        (of_letters("bcx "), "abc", "“a”"),
        (of_letters("bcx "), "x a", "“a”"),
        (of_letters("bcx "), "aQb", "“a”, “Q” and"),
        (of_letters("bcx "), "a", "“a”"),
        (of_letters("ac"), "a\u200bc", "“⟨U\\+200B⟩”"),
        (of_bytes("a"), "xaby", "“a”"),
        (of_bytes("a"), "éaé", "“a”"),
        (of_bytes("©"), "xéy", "“é”"),  # one byte of two
    ],
)
def test_a_character_without_a_token_is_refused_by_name(tokenizer, text, named):
    assert tokenizer.decode(tokenizer(text)["input_ids"]) != text, "what it would do by itself"
    with pytest.raises(ExperimentError, match=f"no token for {named}.* leave it out of “"):
        encode_text(tokenizer, text)


@pytest.mark.parametrize(
    ("tokenizer", "text", "held"),
    [
        (of_letters("abc"), "abc", "abc"),
        (of_letters("abc", normalizer=normalizers.Lowercase()), "aBC", "aBC"),
        (of_letters("abc", normalizer=normalizers.Replace("-", "")), "a-b-c", "abc"),
        (of_letters("abc", normalizer=normalizers.Replace("\u200b", "")), "a\u200bc\u200b", "ac"),
        (of_letters("aeé", normalizer=normalizers.NFC()), "ae\u0301", "ae"),
        (of_bytes("a"), "xéy", "xééy"),
    ],
)
def test_what_is_changed_on_purpose_is_no_loss(tokenizer, text, held):
    found = encode_text(tokenizer, text)
    assert "".join(text[start:stop] for start, stop in found.offsets) == held


def test_an_empty_text_is_its_start_tokens():
    assert encode_text(of_words(TEMPLATES["bert"][0]), "").names == ("[CLS]",)
    assert encode_text(of_words(TEMPLATES["t5"][0]), "").names == ()


def of_known_words(pre_tokenizer):
    backend = Tokenizer(models.WordLevel({"b": 0, "c": 1, "[UNK]": 2}, "[UNK]"))
    backend.pre_tokenizer = pre_tokenizer
    return PreTrainedTokenizerFast(tokenizer_object=backend, unk_token="[UNK]")


@pytest.mark.parametrize(
    ("tokenizer", "text", "reads", "characters", "as_spaces"),
    [
        (of_letters("bc"), "b c", "bc", " ", ""),
        (of_letters("bc"), "b\nc b", "bcb", "\n ", ""),
        (of_letters("bc"), "b\u0301c", "bc", "\u0301", ""),
        (of_letters("bc", pre_tokenizer=pre_tokenizers.Metaspace()), "b c", "bc", " ", ""),
        (of_letters("bc", pre_tokenizer=pre_tokenizers.WhitespaceSplit()), "b c", "bc", " ", ""),
        (of_letters("bc▁", pre_tokenizer=pre_tokenizers.Metaspace()), "b\nc b", "bc b", "\n", ""),
        (of_letters("abc", normalizer=normalizers.Replace("-", "")), "a-b", "ab", "-", ""),
        (of_letters("ab", normalizer=normalizers.Strip()), " ab", "ab", " ", ""),
        (of_letters("ab", normalizer=normalizers.NFC()), "ba\u0301", "b", "a\u0301", ""),
        (of_letters("ae", normalizer=normalizers.StripAccents()), "e\u0301", "e", "\u0301", ""),
        (of_letters("ab ", normalizer=normalizers.NFKC()), "a\xa0b", "a b", "", "\xa0"),
        (of_known_words(pre_tokenizers.Whitespace()), "b\nc", "b c", "", "\n"),
        (of_known_words(pre_tokenizers.Whitespace()), "b  c d", "b c d", " ", ""),
        (of_known_words(pre_tokenizers.Whitespace()), "b c", "b c", "", ""),
        (of_letters("ab", normalizer=normalizers.Lowercase()), "Ab", "ab", "", ""),
        (of_letters("aeé", normalizer=normalizers.NFC()), "ae\u0301", "aé", "", ""),
        (of_bytes(""), " a\n\n猫\u200d  é\u0301 ", None, "", ""),
        (sentencepiece_like("metaspace", 256), " The  中国\n猫 is ", None, "", ""),
        (sentencepiece_like("prepend", 256), " The  中国\n猫 is ", None, "", ""),
    ],
)
def test_what_makes_no_difference_to_the_tokens_is_left_out(
    tokenizer, text, reads, characters, as_spaces
):
    found = left_out(tokenizer, text, encode_text(tokenizer, text))
    assert (found.characters, found.as_spaces) == (tuple(characters), tuple(as_spaces))
    if reads is not None:
        assert tokenizer(text)["input_ids"] == tokenizer(reads)["input_ids"]


@pytest.mark.parametrize("text", ["b a", "a b", "b\na c", "a"])
@pytest.mark.parametrize(
    "before", [None, pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
)
def test_a_lost_letter_is_found_whatever_becomes_of_spaces(before, text):
    with pytest.raises(ExperimentError, match="no token for “a” and"):
        encode_text(of_letters("bc", **({"pre_tokenizer": before} if before else {})), text)
