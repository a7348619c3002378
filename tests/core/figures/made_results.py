"""Results of any size made of noise, and the texts of hostile tokens."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from laminoscope_core.analysis import (
    adjustments,
    atlas,
    attention,
    balance,
    chains,
    comparison,
    continuation,
    cuts,
    effects,
    heads,
    ledger,
    lens,
    neurons,
    normalisation,
    patch,
    redundancy,
    regression,
    rotation,
)
from laminoscope_core.analysis.inputs import Inputs
from laminoscope_core.analysis.inside import Watched
from laminoscope_core.experiment import PromptSection
from laminoscope_core.job import Job
from laminoscope_core.recording.effects import Effects
from laminoscope_core.recording.lens import LensReading
from laminoscope_core.recording.patching import PatchMap
from laminoscope_core.recording.positions import PositionsReading
from laminoscope_core.recording.reducers.balance import BalanceReading
from laminoscope_core.recording.reducers.head_maps import HeadMapsReading
from laminoscope_core.recording.reducers.heads import HeadsReading
from laminoscope_core.recording.reducers.ledger import LedgerReading
from laminoscope_core.recording.reducers.likeness import LikenessReading
from laminoscope_core.recording.reducers.neurons import NeuronsReading
from laminoscope_core.recording.reducers.normalisation import NormalisationReading
from laminoscope_core.recording.reducers.turning import TurningReading
from laminoscope_core.run.near import NearRequest, NearTokens
from laminoscope_core.sampling.candidates import Candidates
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.cuts import Cuts
from laminoscope_core.sampling.generate import Choice, Node
from laminoscope_core.sampling.loops import EchoCurve, LoopReport, LoopReports, wilson_interval
from laminoscope_core.sampling.named import NamedChain
from laminoscope_core.sampling.next_tokens import NextTokens
from laminoscope_core.sampling.places import Place
from laminoscope_core.sampling.prompts import RenderedPrompt

HOSTILE = (
    *("</s>", "<img src=x>", "<b>bold</b>", "&lt;", "$$x_1$$", "\\frac", "%s %n", "{0}", "=1+1"),
    *("שלום", "\u202eabc", "👩‍🚀", "e\u0301", "\u0301", "a" + "\u0335" * 30, "a\u200bb", "\ufeff"),
    *("\u00a0", "\u2028", "\t", "\r\n", "\x00", "\x07", "\x1b[31m", "\ue000", "\ud800", "漢字"),
    *("Z" * 300, "", " ", "\n"),
)
WORDS = ("The", " old", " keeper", " of", " the", " harbour", ",", " smil", "ing", ".", "\n")


def text_results(n_layers, n_tokens, words=WORDS, drop=1, broken=None):
    """Adjustments and their regression, of a text of the given size; one layer may be broken."""
    rng = np.random.default_rng(7)
    norms = np.exp(rng.normal(size=(n_layers, n_tokens)) + np.linspace(0, 3, n_layers)[:, None])
    if broken is not None:
        norms[broken, 1:] = np.nan
    tokens = tuple(words[at % len(words)] for at in range(n_tokens))
    text = SimpleNamespace(
        model=SimpleNamespace(title="A model"),
        token_ids=tuple(range(100, 100 + n_tokens)),
        tokens=tokens,
        shown=tokens,
        special=tuple(token.startswith("</") for token in tokens),
        norms={"attn_out": norms},
        missing={},
        surprisal=rng.gamma(2, size=n_tokens),
        entropy=rng.gamma(2, size=n_tokens),
    )
    source = adjustments.run(Inputs(text=text), adjustments.Params(drop=drop), Job())
    inputs = Inputs(results={"adjustments": source})
    fit = regression.run(inputs, regression.Params(), Job())
    return {"adjustments": source, "regression": fit}


def prompt_results(vocabulary=64, words=WORDS, chain=None, n_prompts=2, n_written=0):
    """The continuation of prompts by a chain, compared, with an echo and loops measured."""
    rng = np.random.default_rng(11)
    texts = tuple(words[at % len(words)] for at in range(vocabulary))
    places = []
    for number in range(n_prompts):
        prompt = PromptSection(text=f"Prompt {number}:" + words[number % len(words)])
        raw = Candidates.from_logits(3 * rng.normal(size=vocabulary))
        rendered = RenderedPrompt(prompt.text, (1, 2, 3))
        places.append(Place(prompt, rendered, raw, written_node(n_written, vocabulary)))
    items = chain or (
        {"sampler": "top_k", "k": 12},
        {"sampler": "min_p", "p": 0.02},
        {"sampler": "temperature", "temperature": 0.7},
    )
    read = made_cuts(Chain.from_list(items).to_list(), texts[:9])
    tokens = NextTokens(tuple(places), texts, Chain.from_list(items), 3, frozenset(), cuts=(read,))
    applied = continuation.run(Inputs(prompts=tokens), continuation.Params(), Job())
    inputs = Inputs(prompts=tokens, results={"continuation": applied})
    compared = comparison.run(inputs, comparison.Params(), Job())
    by_chain = chains.run(inputs, chains.Params(), Job())
    return {
        "prompts": tokens,
        "continuation": applied,
        "comparison": compared,
        "chains": by_chain,
        "cuts": cuts.run(inputs, cuts.Params(), Job()),
        "echo": echo(8),
        "loops": loop_reports(("this chain", "greedy", words[0])),
    }


def made_cuts(items, tokens):
    """A text of some tokens under two chains, one of which acts by chance."""
    rng, n = np.random.default_rng(21), len(tokens)
    kept = np.vstack(([np.nan], rng.integers(0, 2, (n - 1, 1)))).T.repeat(2, axis=0)
    kept[1, 3] = 0.4
    raw = np.append(np.nan, rng.uniform(size=n - 1))
    named = (NamedChain("this chain", tuple(items)), NamedChain("chance", tuple(items)))
    removed_by = np.where(kept == 0, 1, -1)
    rank = np.append(-1, rng.integers(1, 99, n - 1))
    return Cuts(
        0, named, tuple(range(n)), tuple(tokens), raw, rank, kept * raw, kept, removed_by, ("", "")
    )


def written_node(count, vocabulary):
    """The last node of a text of so many tokens; None for an empty one."""
    rng = np.random.default_rng(13)
    node = Node(None, None, 3)
    for number in range(count):
        p = float(rng.uniform())
        choice = Choice(
            p, p / 2, int(rng.integers(1, 3000)), float(rng.gamma(2)), p, np.arange(1), np.ones(1)
        )
        node = Node(node, int(rng.integers(vocabulary)), 4 + number, choice)
    return node if count else None


def echo(count):
    repeats = np.arange(1, count + 1)
    p = 1 / (1 + np.exp(4.0 - repeats))
    p[1] = np.nan
    tokens, ranks = np.full(count, 4), np.arange(count, 0, -1)
    tokens[1], ranks[1] = -1, 0
    return EchoCurve(repeats, tokens, p, ranks, "The\n\n")


def loop_reports(names, n_seeds=16):
    runs = [SimpleNamespace(loop=None)] * n_seeds
    reports = []
    for number, name in enumerate(names):
        looping = (number * 5) % (n_seeds + 1)
        some = tuple(SimpleNamespace(loop=object()) for _ in range(looping))
        low, high = wilson_interval(looping, n_seeds)
        reports.append(
            LoopReport(
                name,
                96,
                some + tuple(runs[looping:]),
                looping / n_seeds,
                low,
                high,
                (0.5, 0.7, np.nan),
            )
        )
    return LoopReports(tuple(reports), (1, 2, 3))


def inside_results(n_layers=5, n_tokens=7, words=WORDS, n_states=1):
    """Lens, ledger and balance of a text that never was, over a vocabulary of 40 tokens."""
    rng = np.random.default_rng(13)
    logits = rng.normal(size=(n_states, n_layers + 1, n_tokens, 40)) * 3
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    order = np.argsort(-logits, axis=-1, kind="stable")
    ranks = np.argsort(order, axis=-1, kind="stable") + 1
    top, watched = order[..., 0], [3, 7]
    of_top = np.take_along_axis(p, top[..., None], axis=-1)[..., 0]
    reading = LensReading(
        rank=ranks[..., watched],
        probability=p[..., watched],
        logit=logits[..., watched],
        top_ids=top,
        top_probability=of_top,
        top_logit=logits.max(axis=-1),
        entropy=-(p * np.log(p)).sum(axis=-1),
        kl=(p[:, -1:] * np.log(p[:, -1:] / p)).sum(axis=-1),
    )
    texts = [words[at % len(words)] for at in range(40)]
    result = lens.Result(
        layers=tuple(range(n_layers)),
        states=("before", "after")[:n_states],
        token_ids=tuple(range(n_tokens)),
        shown=tuple(texts[:n_tokens]),
        watched=Watched((texts[3], texts[7]), (3, 7)),
        reading=reading,
        token_names={str(at): text for at, text in enumerate(texts)},
        reason="",
    )
    same = {name: getattr(result, name) for name in ("layers", "states", "token_ids", "shown")}
    shape = (n_states, n_layers, n_tokens)
    of_heads = rng.normal(size=(n_states, n_layers, 3, n_tokens, 2))
    mlp = rng.normal(size=(*shape, 2))
    embedding = rng.normal(size=(n_states, n_tokens, 2))
    bias = np.broadcast_to(rng.normal(size=2), embedding.shape)
    of_layers = of_heads.sum(axis=2)
    nowhere = np.full_like(mlp, np.nan)
    logit = embedding + of_layers.sum(axis=1) + mlp.sum(axis=1) + bias
    account = LedgerReading(
        embedding, of_layers, mlp, of_heads, nowhere, bias, logit, np.full_like(logit, np.nan), ""
    )
    lengths, cosines = rng.gamma(2, size=(3, *shape)), rng.uniform(-1, 1, size=(2, *shape))
    weighed = BalanceReading(*lengths, *cosines, ("",) * n_layers)
    return {
        "lens": result,
        "ledger": ledger.Result(**same, watched=result.watched, reading=account, reason=""),
        "balance": balance.Result(**same, reading=weighed, reason=""),
        **_altered(rng, same, result.watched),
        "rotation": _turned(rng, same),
        "near": _near(rng, same, result.token_names),
        "neurons": _active(rng, same, result.token_names),
        "redundancy": _alike(rng, same),
        "normalisation": _normed(rng, same),
    }


def _normed(rng, same):
    """Norms of all layers but for the MLP's of the last."""
    shape = (len(same["states"]), len(same["layers"]), 2, len(same["shown"]))
    numbers = rng.uniform(size=(5, *shape))
    largest = rng.integers(0, 64, size=(2, *shape, 3))
    numbers[:, :, -1, 1], largest[:, :, -1, 1] = np.nan, -1
    reasons = np.full(shape[:3], "", dtype="<U40")
    reasons[:, -1, 1] = "nothing normalises what it reads"
    reading = NormalisationReading(*numbers, *largest, reasons)
    return normalisation.Result(**same, reading=reading, reason="")


def _active(rng, same, names):
    """The largest ten of fifty neurons at each token."""
    a = rng.normal(size=(len(same["states"]), len(same["layers"]), len(same["shown"]), 50))
    ids = np.argsort(-np.abs(a), axis=-1)[..., :10]
    reading = NeuronsReading(
        ids=ids,
        activation=np.take_along_axis(a, ids, axis=-1),
        writes=ids % 40,
        share_active=(np.abs(a) > 0.1 * np.abs(a).max(-1, keepdims=True)).mean(-1),
        participation=(a**2).sum(-1) ** 2 / (a**4).sum(-1),
        closes=False,
        reasons=("",) * a.shape[1],
    )
    return neurons.Result(**same, reading=reading, token_names=names, reason="")


def _alike(rng, same):
    """Four heads of each layer, compared with all others."""
    layer, head = (axis.ravel() for axis in np.indices((len(same["layers"]), 4)))
    n_states, n = len(same["states"]), len(layer)
    alike = rng.uniform(-1, 1, size=(2, n_states, n, n))
    alike = (alike + alike.swapaxes(-1, -2)) / 2
    alike[..., np.arange(n), np.arange(n)] = 1.0
    labels = (np.tile(each, (n_states, 1)) for each in (layer, head))
    reading = LikenessReading(*labels, *alike, len(same["shown"]))
    of_text = {name: same[name] for name in ("layers", "states", "token_ids")}
    return redundancy.Result(**of_text, reading=reading, reason="")


def _near(rng, same, names):
    """The tokens nearest to the stream after a text's last token, in all layers."""
    n_layers, n_tokens = len(same["layers"]), len(same["shown"])
    scores = rng.normal(size=(len(same["states"]), n_layers + 1, 2, 2, 40)).astype(np.float32)
    ids = np.argsort(-scores, axis=-1)[..., :10]
    return NearTokens(
        request=NearRequest("stream", same["token_ids"], n_tokens - 1),
        states=same["states"],
        depths=(-1, *same["layers"]),
        ids=ids,
        scores=np.take_along_axis(scores, ids, axis=-1),
        n_rows=40,
        inputs=(n_tokens - 1,),
        control="",
        follower_ids=np.zeros(0, np.int64),
        followers=np.zeros(0),
        token_names=names,
    )


def _turned(rng, same):
    """Six rotation pairs of four heads, in all layers but the last."""
    shape = (len(same["states"]), len(same["layers"]), 4)
    even, odd = rng.normal(size=(2, *shape, 6))
    frequency = np.tile(10_000.0 ** -(np.arange(6) / 6), (*shape[:2], 1))
    rest = np.zeros(shape)
    for each in (even, odd, rest, frequency):
        each[:, -1] = np.nan
    reasons = ("",) * (shape[1] - 1) + ("it is not turned",)
    reading = TurningReading(even, odd, rest, frequency, len(same["shown"]), reasons)
    reach, largest = rotation.reach(reading)
    labels = {name: same[name] for name in ("layers", "states", "token_ids")}
    bias = np.full((*shape, 32), np.nan)
    falls = np.outer(-(0.5 ** np.arange(4)), np.arange(32))
    bias[:, -1] = falls * np.arange(1, shape[0] + 1)[:, None, None]
    slope = np.where(np.isfinite(bias[..., 1]), bias[..., 1], np.nan)
    turned = ("it is turned",) * (shape[1] - 1) + ("",)
    places = PositionsReading(bias, slope, 3, np.tile(turned, (shape[0], 1)))
    return rotation.Result(
        **labels, reading=reading, reach=reach, largest=largest, places=places, reason=""
    )


def _looked_at(same, layer=2, n_heads=4, width=3):
    """The maps of one layer's heads."""
    rng = np.random.default_rng(17)
    n_states, n_tokens = len(same["states"]), len(same["shown"])
    scores = rng.normal(size=(n_states, n_heads, n_tokens, n_tokens)) * 2
    powers = np.tril(np.exp(scores))
    vectors = rng.normal(size=(4, n_states, n_heads, n_tokens, width)).astype(np.float32)
    reading = HeadMapsReading(
        (powers / powers.sum(-1, keepdims=True)).astype(np.float32),
        *vectors,
        slope=np.zeros((n_states, n_heads)),
        cap=np.full(n_states, np.inf),
        written=rng.gamma(2, size=(n_states, n_heads, n_tokens)),
        reasons=("", "", ""),
    )
    return attention.Result(
        **same, tokens=same["shown"], layer=layer, written=(), reading=reading, reason=""
    )


def _altered(rng, same, watched):
    """Heads, effects and a patch map, to the axes of a text."""
    n_layers, n_tokens, n_states = len(same["layers"]), len(same["shown"]), len(same["states"])
    metrics = ("entropy", "previous", "copies")
    value = rng.uniform(size=(n_states, n_layers, 3, 4))
    value[:, :, 2] = np.nan
    reasons = np.full(value.shape[:3], "", dtype="<U40")
    reasons[:, :, 2] = "no token has an earlier copy"
    n = np.tile([n_tokens, n_tokens - 1, 0], (n_states, 1))
    of_heads = HeadsReading(metrics, value, n, np.full((n_states, n_layers), 4), reasons)
    names, controls = ("0", "0", "all"), ("", "7", "")
    logit, p = rng.normal(size=(4, 2)), rng.uniform(size=(4, 2))
    changed = Effects(names, controls, ("",) * 3, logit[0], p[0], logit[1:], p[1:])
    of_stream = rng.normal(size=(n_layers, n_tokens))
    patched = PatchMap(of_stream, np.empty((n_layers, n_tokens, 0)), 1.5, -0.5)
    of_text = {name: same[name] for name in ("layers", "token_ids", "shown")}
    return {
        "heads": heads.Result(**same, reading=of_heads, reason=""),
        "attention": _looked_at(same),
        "atlas": atlas.Result(
            **{name: same[name] for name in ("layers", "states", "token_ids")},
            n_texts=500,
            n_random=4,
            texts=replace(of_heads, value=value / 2, n=n * 500),
            random=of_heads,
            reason="",
        ),
        "effects": effects.Result(same["token_ids"], watched, changed, ""),
        "patch": patch.Result(**of_text, reading=patched, reason=""),
    }
