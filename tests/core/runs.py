"""Runs that scripts are made of: all sections, and all that panels ask for by name."""

from laminoscope_core import Experiment, Job, RunResult, run_experiment
from laminoscope_core.analysis import (
    adjustments,
    comparison,
    continuation,
    regression,
    rsa,
    rsa_chance,
    separability_chance,
    similarity,
)
from laminoscope_core.run.near import NearRequest, near
from laminoscope_core.run.requests import (
    ComparisonRequest,
    CutsRequest,
    EchoRequest,
    GenerationRequest,
    LoopRequest,
    cuts,
    echo,
    loops,
    read_columns,
    write,
)
from laminoscope_core.run.run import rerun_analysis
from laminoscope_core.sampling.columns import Column
from laminoscope_core.sampling.named import named_chains
from laminoscope_core.sampling.others import OtherReader

EXPERIMENT = Experiment.from_text("""
[words.categories]
space = ["galaxy", "comet", "moon", "star"]
furniture = ["sofa", "lamp", "door", "bed"]
[rsa]
heads = true
[text]
content = "the next word is galaxy, a quiet moon above the harbour; the next word is sofa"
[[prompts]]
text = "the next word"
[[prompts]]
text = "a quiet moon"
[inside]
content = "a quiet moon"
watch = ["a", "m"]
against = "the quiet moon"
interventions = [{ site = "attn_head", layer = 1, heads = [0], action = "zero" }]
induction = { sequences = 2, length = 5 }
patch_heads = true
[sampling]
seed = 3
chain = "llama.cpp"
chains = ["this chain", "greedy"]
""")

PARAMS = {
    "similarity": similarity.Params("cosine_z"),
    "rsa": rsa.Params(correlation="spearman"),
    "rsa-chance": rsa_chance.Params(19, 19, seed=5),
    "separability-chance": separability_chance.Params(19),
    "adjustments": adjustments.Params("mlp_out", drop=2),
    "regression": regression.Params(lags=1, predictors=("surprisal", "position")),
}


def as_in_the_window(model, sections=("prompts",), others=()):
    """Return a run with all that panels ask for by name.

    If there are ``others``, the words are read with these models too, and held against predictors.
    """
    predictors = ("category", "length") if others else ()
    asked = {"models": others, "predictors": predictors}
    compared = EXPERIMENT.rsa.model_copy(update=asked)
    experiment = EXPERIMENT.model_copy(update={"rsa": compared})
    columns = (Column(), Column(1, chain="chain"), Column(1, chat=False, model=model.info.source))
    results = dict(run_experiment(model, experiment, sections=sections, params=PARAMS).results)
    chain = ({"sampler": "xtc", "probability": 0.5}, {"sampler": "temperature", "temperature": 2.0})
    drawn = continuation.Params(seed=11)
    other = continuation.Params(chain, seed=2**80, stop=(5,))
    steps = [
        (drawn, {"n_tokens": 3}),
        (other, {"n_tokens": 2, "take": 40}),
        (other, {"n_tokens": 4}),
    ]
    text = None
    for params, more in steps:
        tokens = results["prompts"]
        request = GenerationRequest(tokens, 1, tokens.places[1].node, params, **more)
        text = write(model, request, Job(), results.__setitem__, text)
    asked = ComparisonRequest(results["prompts"], columns)
    read_columns(model, asked, Job(), results.__setitem__, OtherReader())
    compared = {"continuation": other, "comparison": comparison.Params(columns)}
    rerun_analysis(
        "continuation", results, params=compared, job=Job(), on_result=results.__setitem__
    )
    chains = (("mine", chain), ("none", ()))
    loops(model, LoopRequest((7, 8, 9), chains, 2, 6, frozenset({5})), Job(), results.__setitem__)
    echo(model, EchoRequest("the\n\n", 3), Job(), results.__setitem__)
    read = CutsRequest(1, (7, 8, 9, 7), named_chains(["greedy", "llama.cpp"]), results["prompts"])
    cuts(model, read, Job(), results.__setitem__)
    rerun_analysis("cuts", results, params={}, job=Job(), on_result=results.__setitem__)
    near(model, NearRequest("stream", (7, 8, 9), 2), Job(), results.__setitem__)
    return RunResult(model.info, experiment, results)
