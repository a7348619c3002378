"""Compatibility against distance, against transformers' own rotation of the same vectors."""

import families
import numpy as np
import pytest
import torch
from transformers.models.llama.modeling_llama import apply_rotary_pos_emb

from laminoscope_core import Job, capture, wrap_model
from laminoscope_core.analysis.rotation import by_pair, reach, whole
from laminoscope_core.errors import CaptureError
from laminoscope_core.models.model import Model
from laminoscope_core.recording.record import record
from laminoscope_core.recording.reducers.turning import Turning, TurningReading
from laminoscope_core.recording.rotation import Rotation, rotations_of

IDS = [5, 17, 3, 88, 41, 3, 9]
DISTANCES = np.array([0, 1, 3, 8])


def read(model: Model) -> TurningReading:
    turning = Turning(rotations_of(model, Job()))
    one = record(model, [IDS], [turning])[turning]
    fields = {name: getattr(one, name)[None] for name in ("even", "odd", "rest", "frequency")}
    return TurningReading(**fields, n=one.n, reasons=one.reasons)


def test_every_query_meets_every_key_as_if_so_far_apart(llama: Model) -> None:
    """Turned by transformers, query by query and key by key, without any mean before."""
    reading = read(llama)
    found = whole(reading, DISTANCES)[0]
    cap = capture(llama, [IDS], ["q", "k"])
    for layer in range(3):
        q, k = (torch.tensor(cap.array(s, layer)[0]).transpose(0, 1)[None] for s in ("q", "k"))
        k = k.repeat_interleave(2, dim=1)
        for column, distance in enumerate(DISTANCES):
            places = torch.full((1, len(IDS)), int(distance))
            cosine, sine = llama.hf.model.rotary_emb(q, places)
            turned, _ = apply_rotary_pos_emb(q, q, cosine, sine)
            products = (turned @ k.transpose(-1, -2)) * llama.hf.model.layers[
                layer
            ].self_attn.scaling
            expected = products.mean((-2, -1))[0].detach().numpy()
            np.testing.assert_allclose(found[layer, :, column], expected, rtol=1e-3, atol=1e-5)
    assert by_pair(reading, DISTANCES).shape == (1, 3, 4, 4, 4)
    np.testing.assert_allclose(by_pair(reading, DISTANCES).sum(3)[0], found, atol=1e-6)


@pytest.mark.parametrize(
    "name", ["gemma3_text", "gpt_neox", "qwen3", "gptj", "cohere", "phi", "deepseek_v3"]
)
def test_mean_compatibility_of_pairs_at_their_own_distance_is_that_of_the_kernel(name: str) -> None:
    """One query and one key, so that the mean is the product that the kernel makes."""
    model = wrap_model(families.build(name))
    rotations = rotations_of(model, Job())
    cap = capture(model, [IDS], ["q_used", "k_used"])
    for layer, rotation in enumerate(rotations):
        assert isinstance(rotation, Rotation)
        q, k = (torch.tensor(cap.array(s, layer)[0]).double() for s in ("q_used", "k_used"))
        back_q, back_k = rotation.undone(q), rotation.undone(k)
        back_k = back_k.repeat_interleave(back_q.shape[1] // back_k.shape[1], dim=1)
        k = k.repeat_interleave(q.shape[1] // k.shape[1], dim=1)
        for query, key in ((6, 2), (4, 4), (5, 0)):
            a, b = back_q[query][:, rotation.first], back_q[query][:, rotation.second]
            c, d = back_k[key][:, rotation.first], back_k[key][:, rotation.second]
            angle = torch.tensor(rotation.frequency) * (query - key)
            pairs = (a * c + b * d) * angle.cos() + (a * d - b * c) * angle.sin()
            still = [n for n in range(q.shape[-1]) if n not in {*rotation.first, *rotation.second}]
            total = pairs.sum(-1) + (back_q[query][:, still] * back_k[key][:, still]).sum(-1)
            expected = (q[query] * k[key]).sum(-1)
            np.testing.assert_allclose(total, expected, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize(
    ("name", "why"),
    [("gpt2", "no rotation that is known"), ("bloom", "not turned by their places"),
     ("falcon alibi", "not turned by their places")],
)  # fmt: skip
def test_other_positions_say_that_they_are_no_rotation(name: str, why: str) -> None:
    model = wrap_model(families.build(name))
    with pytest.raises(CaptureError, match=why):
        record(model, [IDS], [Turning(rotations_of(model, Job()))])


def test_the_reach_ends_where_half_of_the_largest_is_lost() -> None:
    """A pair that turns once in 40 tokens falls below half of its largest after a sixth of it."""
    frequency = np.full((1, 1, 1), 2 * np.pi / 40)
    even, odd = np.array([[[[1.0], [-1.0], [0.0]]]]), np.array([[[[0.0], [0.0], [1.0]]]])
    rest = np.array([[[0.0, -5.0, 0.0]]])
    reading = TurningReading(even, odd, rest, frequency, 1, ("",))
    found, largest = reach(reading)
    assert found[0, 0].tolist() == pytest.approx([7, np.nan, 17], nan_ok=True)
    assert largest[0, 0].tolist() == pytest.approx([1, -4, 1])
