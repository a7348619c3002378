"""A start token that was typed and is added again is said before the run."""

import pytest
import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

from laminoscope_core import render_prompt, wrap_model
from laminoscope_core.experiment import Experiment
from laminoscope_core.run.remarks import remarks

NAMES = ["<unk>", "<s>", "</s>", "the", "sun", "is"]


def model_with(template):
    backend = Tokenizer(models.WordLevel({name: i for i, name in enumerate(NAMES)}, "<unk>"))
    backend.add_special_tokens(NAMES[:3])
    backend.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    backend.decoder = decoders.Fuse()
    backend.post_processor = processors.TemplateProcessing(
        single=template, special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=backend, bos_token="<s>", eos_token="</s>", unk_token="<unk>"
    )
    tokenizer.chat_template = "{{ bos_token }} {{ messages[0]['content'] }}"
    torch.manual_seed(0)
    config = GPT2Config(vocab_size=len(NAMES), n_positions=32, n_embd=8, n_layer=1, n_head=2)
    return wrap_model(GPT2LMHeadModel(config), tokenizer)


EXPERIMENT = """
[words]
carrier = "<s>the {word}"
[words.categories]
all = ["sun"]
[text]
content = "<s>the sun is"
[[prompts]]
text = "<s>the"
[[prompts]]
text = "<s>the sun"
[[prompts]]
text = "<s>sun"
chat = true
"""


@pytest.mark.parametrize("section", ["words", "text", "prompts"])
def test_it_is_said_once_for_a_section(section):
    experiment = Experiment.from_text(EXPERIMENT)
    assert remarks(model_with("$A"), experiment, section) == ()
    (said,) = remarks(model_with("<s> $A </s>"), experiment, section)
    assert "begins with <s>" in said
    assert "twice" in said


def test_a_prompt_to_continue_is_not_closed():
    for template, before in (("$A </s>", []), ("<s> $A </s>", [1])):
        model = model_with(template)
        assert render_prompt(model, "the sun").token_ids == (*before, 3, 4)
        assert render_prompt(model, "the </s>").token_ids == (*before, 3, 2), "typed"
        assert render_prompt(model, "sun", chat=True).token_ids == (1, 4)


def test_an_empty_prompt_is_the_start_token_and_not_the_closing_one():
    for template in ("$A </s>", "<s> $A </s>", "$A"):
        assert render_prompt(model_with(template), "").token_ids == (1,)


def test_what_the_tokenizer_leaves_out_is_said_by_name():
    model = model_with("$A")
    experiment = Experiment.from_text('[text]\ncontent = "the\\nsun  is"')
    (said,) = remarks(model, experiment, "text")
    assert said == (
        "The tokenizer leaves out “·” in places: the model reads the text as if it were not there. "
        "The tokenizer reads “⏎” as a plain space."
    )
    experiment = Experiment.from_text('[words]\ncategories.all = ["sun", "the  sun"]')
    assert any("leaves out “·”" in remark for remark in remarks(model, experiment, "words"))
