"""Draw the pictures of the sample experiments from their real results.

``python packaging/example_pictures.py [NAME…]`` runs the samples on the default model and writes
one small PNG for each into the resources; to be done again when a sample has changed.
"""

import io
import sys
from pathlib import Path

import numpy as np
import PIL.Image
from matplotlib import colors as mcolors
from matplotlib.figure import Figure

from laminoscope_core import open_model
from laminoscope_core.analysis.registry import OfState
from laminoscope_core.analysis.rsa_chance import Params
from laminoscope_core.experiment import Experiment
from laminoscope_core.figures.drawing import colours_of
from laminoscope_core.figures.style import Style
from laminoscope_core.plots.registry import PLOTS
from laminoscope_core.plots.shown import Bars, Curve, Image, Points
from laminoscope_core.run.run import run_experiment
from laminoscope_core.theme import LIGHT
from laminoscope_resources import sample_experiment

FOLDER = Path(__file__).parents[1] / "resources" / "laminoscope_resources" / "pictures"
INCHES, DPI = (3.0, 1.2), 160
_STYLE, _MUTED, _COLOURS = Style(), "#8a919c", 96
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


def plotted(id, frames, **choices):
    """Return what draws some frames of a plot side by side: what they hold, without axes or texts.

    Parameters
    ----------
    id : str
        Of the plot.
    frames : tuple of str
        Their names.
    **choices
        Of its view.
    """

    def draw(results, figure):
        plot = PLOTS[id]
        shown = plot.show(OfState(results), plot.module.View(**choices))
        for number, name in enumerate(frames):
            part = 1 / len(frames)
            axes = figure.add_axes((part * number + 0.02, 0.05, part - 0.04, 0.9))
            axes.set_axis_off()
            frame = shown.frames[name]
            for mark in frame.marks.values():
                _draw_mark(axes, mark, frame.scale)
            axes.set_xlim(frame.x.low, frame.x.high)
            axes.set_ylim(frame.y.low, frame.y.high)

    return draw


def _draw_mark(axes, mark, scale):
    """Draw one mark, in colours that stand out on light ground and on dark."""
    colour = _MUTED if mark.colour in ("text", "muted") else LIGHT.colour(mark.colour)
    colour = mcolors.to_rgba(colour, mark.alpha)
    match mark:
        case Image():
            norm, colours = colours_of(scale, _STYLE)
            axes.imshow(
                mark.values, cmap=colours, norm=norm, extent=(*mark.x, *mark.y), aspect="auto",
                origin="lower", interpolation="nearest",
            )  # fmt: skip
        case Curve():
            axes.plot(mark.x, mark.y, color=colour, linewidth=1.2 * mark.width)
        case Bars(upright=True):
            axes.bar(mark.at, mark.lengths, width=mark.thickness, color=colour)
        case Bars():
            axes.barh(mark.at, mark.lengths, height=mark.thickness, color=colour)
        case Points():
            axes.scatter(mark.x, mark.y, s=6 * mark.size, color=colour)


def write_small(picture, file):
    """Write a picture in a few colours, of which it has no more than these anyway."""
    picture.quantize(_COLOURS, PIL.Image.Quantize.FASTOCTREE).save(file, optimize=True)


def main() -> None:
    """Write all pictures."""
    samples = {
        "words-qkv": ("words", words),
        "text-adjustments": ("text", text),
        "continuation": ("prompts", prompts),
        "inside-hare": ("inside", inside),
        "words-carriers": ("words", plotted("laminar", ("all",))),
        "words-heads": ("words", plotted("rsa-heads", ("layers",), layer=17, head=8)),
        "words-models": ("words", plotted("rsa-models", ("model", "other"), kind="maps", layer=10)),
        "inside-sink": ("inside", plotted("heads", ("heads",), metric="sink")),
        "inside-alike": ("inside", plotted("redundancy", ("pairs",), layer=4, head=4)),
        "inside-rotation": ("inside", plotted("rotation", ("sum", "pairs"), layer=2, head=1)),
        "inside-mlp": ("inside", plotted("effects", ("effects",), metric="probability")),
        "inside-king": ("inside", plotted("neighbours", ("near", "control"), of="sum")),
        "inside-synonyms": ("inside", plotted("neighbours", ("near",), of="sum")),
        "inside-echo": ("inside", plotted("lens", ("map",))),
    }
    FOLDER.mkdir(exist_ok=True)
    few = Params(n_permutations=99, n_resamples=99)  # of which no picture shows anything
    for name in sys.argv[1:] or samples:
        section, draw = samples[name]
        experiment = Experiment.from_text(sample_experiment(name))
        model = open_model(experiment.model.source, device="cpu")
        sections = (section, "models") if experiment.rsa.models else (section,)
        results = {}
        run_experiment(
            model, experiment, sections=sections, params=dict.fromkeys(_CHANCE, few),
            on_result=results.__setitem__,
        )  # fmt: skip
        figure = Figure(figsize=INCHES)
        draw(results, figure)
        drawn = io.BytesIO()
        figure.savefig(drawn, dpi=DPI, transparent=True, format="png")
        write_small(PIL.Image.open(drawn), FOLDER / f"{name}.png")


if __name__ == "__main__":
    main()
