"""Word activations that no model gave."""

from types import SimpleNamespace

from laminoscope_core.analysis.inputs import WordActivations

__all__ = ["made_words"]


def made_words(target, categories, words=None, context=None, carrier="The next word is {word}"):
    """Return activations of rows by site, all of which are compared; each word is one token."""
    n_layers, n_words, n_heads = target["q"].shape[:3]
    return WordActivations(
        model=SimpleNamespace(n_layers=n_layers, n_heads=n_heads, title="A model"),
        carrier=carrier,
        sites=tuple(target),
        words=words or tuple(f"w{number}" for number in range(n_words)),
        categories=tuple(categories),
        pieces=((),) * n_words,
        n_tokens=(1,) * n_words,
        token_ids=((0,),) * n_words,
        target=target,
        context=context or target,
        context_token=" next",
        no_context="",
        pooled_ids=tuple((number,) for number in range(n_words)),
        unknown_id=None,
        unknown_token="",
    )
