"""Draw the pictures of the sample experiments from their real results.

``python packaging/example_pictures.py [NAME…]`` runs the samples on the default model and writes
one small PNG for each into the resources; to be done again when a sample has changed.
"""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from laminoscope_core import open_model
from laminoscope_core.analysis.rsa_chance import Params
from laminoscope_core.experiment import Experiment
from laminoscope_core.run.run import run_experiment
from laminoscope_core.theme import LIGHT
from laminoscope_resources import sample_experiment

FOLDER = Path(__file__).parents[1] / "resources" / "laminoscope_resources" / "pictures"
INCHES, DPI = (3.0, 1.2), 160
_CHANCE = ("rsa-chance", "separability-chance")


def words(results, figure):
    """Draw the similarities of Q, K and V at the middle layer."""
    matrices = results["similarity"].matrices
    layer = len(results["similarity"].layers) // 2
    shown = [matrices[site][layer] for site in ("q", "k", "v")]
    different = ~np.eye(len(shown[0]), dtype=bool)
    for number, matrix in enumerate(shown):
        low, high = matrix[different].min(), matrix[different].max()
        axes = figure.add_axes((0.02 + 0.33 * number, 0.0, 0.3, 1.0))
        axes.imshow(matrix, cmap=LIGHT.sequential, vmin=low, vmax=high, interpolation="nearest")
        axes.set_axis_off()


def text(results, figure):
    """Draw what attention adds to each token in each layer."""
    norms = results["adjustments"].log_norms[:, 1:]
    axes = figure.add_axes((0.0, 0.04, 1.0, 0.92))
    low, high = np.nanpercentile(norms, (1, 99))
    axes.imshow(
        norms, cmap=LIGHT.sequential, vmin=low, vmax=high, aspect="auto", origin="lower",
        interpolation="nearest",
    )  # fmt: skip
    axes.set_axis_off()


def prompts(results, figure):
    """Draw the likeliest next tokens after each of the two prompts."""
    places = results["prompts"].places
    for number, (place, colour) in enumerate(zip(places, ("v", "q"), strict=True)):
        logits = place.raw.logits[:24]
        p = np.exp(logits - logits[0])
        axes = figure.add_axes((0.02 + 0.5 * number, 0.06, 0.46, 0.88))
        axes.bar(np.arange(24), np.sqrt(p), width=0.8, color=LIGHT.sites[colour])
        axes.set_axis_off()


def inside(results, figure):
    """Draw the rank of the followed tokens by layer, the likeliest on top."""
    ranks = results["lens"].reading.rank[0, :, -1]
    axes = figure.add_axes((0.02, 0.06, 0.96, 0.88))
    for number, colour in enumerate(("v", "q")):
        axes.plot(-np.log(ranks[:, number]), color=LIGHT.sites[colour], linewidth=2)
    axes.set_axis_off()


def main() -> None:
    """Write all pictures."""
    model = open_model("smollm2-135m", device="cpu")
    samples = {
        "words-qkv": ("words", words),
        "text-adjustments": ("text", text),
        "continuation": ("prompts", prompts),
        "inside-hare": ("inside", inside),
    }
    FOLDER.mkdir(exist_ok=True)
    few = Params(n_permutations=99, n_resamples=99)  # of which no picture shows anything
    for name in sys.argv[1:] or samples:
        section, draw = samples[name]
        experiment = Experiment.from_text(sample_experiment(name))
        results = {}
        run_experiment(
            model, experiment, sections=(section,), params=dict.fromkeys(_CHANCE, few),
            on_result=results.__setitem__,
        )  # fmt: skip
        figure = Figure(figsize=INCHES)
        draw(results, figure)
        figure.savefig(
            FOLDER / f"{name}.png", dpi=DPI, transparent=True, metadata={"Software": None}
        )


if __name__ == "__main__":
    main()
