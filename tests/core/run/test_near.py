"""Near tokens of the vectors of a text, against products that are made with the model itself."""

from copy import deepcopy
from dataclasses import replace

import numpy as np
import pytest
import torch

from laminoscope_core import Job
from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import InsideSection
from laminoscope_core.recording.neighbours import MEASURES, VOCABULARIES
from laminoscope_core.run.near import VECTORS, NearRequest, near

from ..session.conftest import tiny_model

IDS = (83, 40, 11, 83, 7)


@pytest.fixture(scope="module")
def model():
    return tiny_model()


def looked_up(model, of, section=None, **asked):
    found = {}
    near(model, NearRequest(of, IDS, 3, **asked), Job(), found.__setitem__, section)
    return found["near"]


@pytest.fixture(scope="module")
def vectors(model):
    """By what is looked up: the vector of token 3 in layer 1, from transformers' own modules."""
    seen = {}
    block = model.hf.transformer.h[1]
    hooks = [
        block.attn.register_forward_hook(lambda _m, _i, out: seen.update(attention=out[0])),
        block.mlp.register_forward_hook(lambda _m, _i, out: seen.update(mlp=out)),
        block.attn.c_proj.register_forward_hook(lambda _m, i, _o: seen.update(z=i[0])),
        block.mlp.c_proj.register_forward_hook(lambda _m, i, _o: seen.update(neurons=i[0])),
        block.register_forward_hook(
            lambda _m, _i, out: seen.update(stream=out[0] if isinstance(out, tuple) else out)
        ),
    ]
    with torch.no_grad():
        model.hf(torch.tensor([IDS]))
    for hook in hooks:
        hook.remove()
    at = {name: value[0, 3].double().numpy() for name, value in seen.items()}
    down = block.mlp.c_proj.weight.detach().double().numpy()  # (n_neurons, d_model)
    out = block.attn.c_proj.weight.detach().double().numpy()
    return {
        "stream": at["stream"],
        "attention": at["attention"],
        "mlp": at["mlp"],
        "head": at["z"][8:] @ out[8:],
        "neuron": down[np.abs(at["neurons"]).argmax()],
    }


@pytest.mark.parametrize("of", ["stream", "attention", "mlp", "head", "neuron"])
def test_the_nearest_are_those_of_the_vector_itself(model, vectors, of):
    found = looked_up(model, of, head=1)
    rows = model.hf.transformer.wte.weight.detach().double().numpy()  # tied: of both vocabularies
    products = rows @ vectors[of]
    lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(vectors[of])
    at = found.depths.index(1)
    assert found.depths == ((-1, 0, 1) if of == "stream" else (0, 1))
    for vocabulary in range(len(VOCABULARIES)):
        for measure, scores in zip(
            range(len(MEASURES)), (products, products / lengths), strict=True
        ):
            order = np.argsort(-scores)[:10]
            np.testing.assert_array_equal(found.ids[0, at, vocabulary, measure], order)
            wanted = scores[order]
            np.testing.assert_allclose(found.scores[0, at, vocabulary, measure], wanted, rtol=1e-4)


def test_a_token_is_near_itself_and_its_followers_are_what_it_is_followed_by_alone(model):
    found = looked_up(model, "embedding")
    assert found.ids[0, 0, 0, 1, 0] == IDS[3]
    assert found.inputs == (IDS[3],)
    with torch.no_grad():
        p = model.hf(torch.tensor([[IDS[3]]])).logits[0, -1].double().softmax(-1).numpy()
    np.testing.assert_array_equal(found.follower_ids, np.argsort(-p)[:10])
    np.testing.assert_allclose(found.followers, np.sort(p)[:-11:-1], rtol=1e-5)


@pytest.mark.parametrize("of", ["stream", "attention", "head", "neuron"])
def test_the_altered_model_has_neighbours_of_its_own(model, of):
    """Those of a model whose weights are zero where the intervention says zero."""
    text = model.tokenizer.decode(IDS)
    zero = {"site": "mlp", "layer": 0, "action": "zero"}
    section = InsideSection.model_validate({"content": text, "interventions": [zero]})
    assert tuple(model.tokenizer(text)["input_ids"]) == IDS
    found = looked_up(model, of, section, head=1)
    assert found.states == ("before", "after")
    plain, without = looked_up(model, of, head=1), deepcopy(model.hf)
    last = without.transformer.h[0].mlp.c_proj
    with torch.no_grad():
        last.weight.zero_()
        last.bias.zero_()
    without = looked_up(replace(model, hf=without), of, head=1)
    np.testing.assert_array_equal(found.ids[0], plain.ids[0])
    later = found.depths.index(1)
    if of != "neuron":  # whose rows are weights, and those of the first layer are zero there
        np.testing.assert_array_equal(found.ids[1], without.ids[0])
    np.testing.assert_allclose(found.scores[1, later], without.scores[0, later], rtol=1e-4)
    assert looked_up(model, "embedding", section).states == ("before",)
    other = section.model_copy(update={"content": "the"})
    assert looked_up(model, of, other).states == ("before",)


def test_a_sum_has_its_control_beside_it(model):
    found = looked_up(model, "sum", words="s - u + n")
    assert found.depths == (-1, -2)
    assert found.control.startswith("seed 0: ")
    assert found.inputs == tuple(model.tokenizer("sun")["input_ids"])
    assert looked_up(model, "sum", words="s").depths == (-1,)
    with pytest.raises(ExperimentError, match="The word “sun” is 3 tokens"):
        looked_up(model, "sum", words="sun")


def test_every_near_token_has_its_text(model):
    texts = {str(token): model.tokenizer.decode([token]) for token in range(256)}
    for of in VECTORS:
        found = looked_up(model, of, words="s - u")
        for token in {*found.ids.flat, *found.follower_ids}:
            assert (
                found.token_names[str(token)] in (texts[str(token)], f"<0x{token:02X}>", "�")
                or texts[str(token)] == "�"
            )
