"""What to look at inside the blocks: a text, tokens to follow, and what is altered on the way."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from laminoscope_core.section import Section, as_tuple, whole

__all__ = ["Atlas", "Attended", "Induction", "InsideSection", "Intervention"]

_MOST_WATCHED = 100
_MOST_INTERVENTIONS = 100
_MOST_TEXTS = 1000

_Number = Annotated[int, Field(ge=0)]
_Finite = Annotated[float, Field(allow_inf_nan=False)]
Numbers = Annotated[tuple[_Number, ...], BeforeValidator(as_tuple)]
Texts = Annotated[tuple[str, ...], BeforeValidator(as_tuple)]


class Intervention(Section):
    """One change of what the model computes.

    Attributes
    ----------
    site : str
        Where: what enters the output projection from some heads (``attn_head``), what the stream
        receives from an attention or an MLP, what enters the down projection from some neurons
        (``neuron``), or the stream that leaves a block (``resid``).
    layer : int
    action : str
        ``scale`` by `factor`, ``zero``, the ``mean`` over the text, ``patch`` with what stands at
        the same token of the second text, ``steer`` by adding `strength` times a vector, or
        ``skip`` the residual around the attention, the MLP or the block: what entered is not added.
    heads, neurons : tuple of int
        Which, of those sites; otherwise empty.
    tokens : tuple of int or None
        At which tokens; all if None.
    factor : float or None
        Of ``scale``; 1 changes nothing.
    along : tuple of str
        Of ``steer``: the text of a token, whose row of the unembedding is the vector, or two texts,
        the difference of whose streams at their last tokens it is.
    strength : float
        Of ``steer``.
    """

    site: Literal["attn_head", "attention", "mlp", "neuron", "resid"]
    layer: _Number
    action: Literal["scale", "zero", "mean", "patch", "steer", "skip"]
    heads: Numbers = ()
    neurons: Numbers = ()
    tokens: Numbers | None = None
    factor: _Finite | None = None
    along: Texts = ()
    strength: _Finite = 1.0

    @property
    def anywhere(self) -> bool:
        """Whether it can be made in any text: at all its tokens, with nothing of another."""
        return self.tokens is None and self.action != "patch"

    @model_validator(mode="after")
    def _belongs_together(self) -> "Intervention":
        for name, chosen, site in (
            ("heads", self.heads, "attn_head"),
            ("neurons", self.neurons, "neuron"),
        ):
            if self.site == site and not chosen:
                raise ValueError(f"{site} needs {name}")
            if self.site != site and chosen:
                raise ValueError(f"only {site} has {name}, not {self.site}")
        if (self.action == "scale") != (self.factor is not None):
            raise ValueError("a factor belongs to scale, and scale needs one")
        if (self.action == "steer") != (len(self.along) in (1, 2)):
            raise ValueError("steer needs along: the text of a token, or two texts; others none")
        inner = self.site in ("attn_head", "neuron")
        if inner and self.action in ("steer", "skip"):
            raise ValueError(f"{self.action} is of attention, mlp or resid, not of {self.site}")
        for text in self.along:
            if not whole(text, "what is steered along"):
                raise ValueError("what is steered along is empty")
        if self.tokens == ():
            raise ValueError("tokens are empty; leave them out for all")
        for name in ("heads", "neurons", "tokens"):
            numbers = getattr(self, name) or ()
            if len(set(numbers)) < len(numbers):
                raise ValueError(f"one of the {name} stands there twice")
        return self


class Induction(Section):
    """Random sequences, each read twice in a row."""

    sequences: int = Field(default=4, ge=1, le=1000)
    length: int = Field(default=50, ge=2, le=10_000)
    seed: int = Field(default=0, ge=0)


class Attended(Section):
    """Heads of one layer, of which every pair of tokens is written as a table.

    Attributes
    ----------
    layer : int
    heads : tuple of int
        All of the layer if empty.
    """

    layer: _Number
    heads: Numbers = ()

    @field_validator("heads")
    @classmethod
    def _differ(cls, heads: tuple[int, ...]) -> tuple[int, ...]:
        if len(set(heads)) < len(heads):
            raise ValueError("one of the heads stands there twice")
        return heads


class Atlas(Section):
    """Further texts, over which the heads are read.

    In a file ``folder = "…"`` stands for the texts of a folder beside it, the beginnings of its
    ``.txt`` files.

    Attributes
    ----------
    texts : tuple of str
    length : int
        The first tokens of each that are read; shorter texts are read whole.
    """

    texts: Texts
    length: int = Field(default=64, ge=2, le=10_000)

    @field_validator("texts")
    @classmethod
    def _can_be_read(cls, texts: tuple[str, ...]) -> tuple[str, ...]:
        if not texts:
            raise ValueError("there are no further texts")
        if len(texts) > _MOST_TEXTS:
            raise ValueError(f"{len(texts)} further texts are given; {_MOST_TEXTS} are the most")
        for number, text in enumerate(texts):
            if not text:
                raise ValueError(f"the further text {number} is empty")
            whole(text, f"the further text {number}")
        return texts


class InsideSection(Section):
    """A text, and what is looked at inside the blocks that read it.

    Attributes
    ----------
    content : str
    watch : tuple of str
        Texts of one token each, leading space and all, that are followed everywhere.
    against : str
        A second text, of as many tokens, to patch from; may be empty.
    interventions : tuple of Intervention
    atlas : Atlas or None
        Further texts that the heads are read over.
    attention : Attended or None
        Heads whose weights are written whole.
    induction : Induction or None
        Without it nothing is said of repeated random tokens.
    patch_heads : bool
        Whether the patch map is made for every head as well, which takes as many times longer as
        there are heads.
    neighbours : tuple of str
        Words or sums of words, as ``king - man + woman``, whose nearest tokens are looked up.
    """

    content: str
    watch: Texts = ()
    against: str = ""
    interventions: Annotated[tuple[Intervention, ...], BeforeValidator(as_tuple)] = ()
    atlas: Atlas | None = None
    attention: Attended | None = None
    induction: Induction | None = None
    patch_heads: bool = False
    neighbours: Texts = ()

    @field_validator("content")
    @classmethod
    def _not_empty(cls, content: str) -> str:
        if not content:
            raise ValueError("there is no text; type, paste or drop one")
        return whole(content, "the text")

    @field_validator("against")
    @classmethod
    def _can_be_read(cls, against: str) -> str:
        return whole(against, "the second text")

    @field_validator("watch")
    @classmethod
    def _are_tokens(cls, watch: tuple[str, ...]) -> tuple[str, ...]:
        if len(watch) > _MOST_WATCHED:
            raise ValueError(f"{len(watch)} tokens are watched; {_MOST_WATCHED} are the most")
        for text in watch:
            whole(text, f"the watched token {text!r}")
            if not text:
                raise ValueError("a watched token is empty")
            if watch.count(text) > 1:
                raise ValueError(f"the token {text!r} is watched twice")
        return watch

    @field_validator("neighbours")
    @classmethod
    def _are_few(cls, neighbours: tuple[str, ...]) -> tuple[str, ...]:
        if len(neighbours) > _MOST_WATCHED:
            raise ValueError(f"{len(neighbours)} sums are asked for; {_MOST_WATCHED} are the most")
        return tuple(whole(text, f"the sum {text!r}") for text in neighbours)

    @model_validator(mode="after")
    def _has_what_it_patches_from(self) -> "InsideSection":
        if len(self.interventions) > _MOST_INTERVENTIONS:
            raise ValueError(
                f"there are {len(self.interventions)} interventions; "
                f"{_MOST_INTERVENTIONS} are the most"
            )
        if not self.against and any(one.action == "patch" for one in self.interventions):
            raise ValueError("a patch needs the second text, against")
        return self
