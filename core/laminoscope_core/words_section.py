"""The sections of an experiment about words: which ones, and which representations to compare."""

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, field_validator, model_validator

from laminoscope_core.section import Section, as_tuple, whole

__all__ = ["MOST_CARRIERS", "Pooling", "Predictor", "RsaSection", "WordSite", "WordsSection"]

MOST_CARRIERS = 20

Pooling = Literal["last", "mean", "first"]
WordSite = Literal[
    "embedding",
    "resid_in",
    "resid_mid",
    "resid_out",
    "q",
    "k",
    "v",
    "q_used",
    "k_used",
    "attn_out",
    "attn_added",
    "mlp_out",
    "mlp_added",
]
"""Sites that have a row a word."""
Predictor = Literal["category", "n_tokens", "length"]
"""Model RDMs: same category or not, difference in number of tokens, and in number of characters."""


class WordsSection(Section):
    """Words in categories, each set into the same carrier sentence, or into several.

    ``carriers`` are several sentences, of which ``carrier`` is the first; empty if there is one.
    ``context_index`` is the token, counted from 0 after any start token, at which the direct
    correlation of Q, K and V is also read (1 in the RSA article, whose model has no start token).
    Where no such token lies before every word, it is read at the word alone.
    """

    carrier: str = "The next word is {word}"
    carriers: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = ()
    pooling: Pooling = "last"
    context_index: int = Field(default=1, ge=0)
    categories: dict[str, tuple[str, ...]]

    @model_validator(mode="before")
    @classmethod
    def _first_carrier(cls, content: Any) -> Any:
        if isinstance(content, dict) and "carrier" not in content:
            several = content.get("carriers")
            if isinstance(several, (list, tuple)) and several:
                return {**content, "carrier": several[0]}
        return content

    @field_validator("carrier")
    @classmethod
    def _one_gap(cls, carrier: str) -> str:
        if carrier.count("{word}") != 1:
            raise ValueError("the carrier sentence must contain {word} exactly once")
        return whole(carrier, "the carrier sentence")

    @field_validator("carriers")
    @classmethod
    def _sentences(cls, carriers: tuple[str, ...]) -> tuple[str, ...]:
        if len(carriers) > MOST_CARRIERS:
            raise ValueError(f"there are {len(carriers)} carriers; {MOST_CARRIERS} are the most")
        for number, carrier in enumerate(carriers):
            cls._one_gap(carrier)
            if carrier in carriers[:number]:
                raise ValueError(f"the carrier {carrier!r} appears twice")
        return carriers

    @model_validator(mode="after")
    def _carriers_agree(self) -> "WordsSection":
        if self.carriers and self.carrier != self.carriers[0]:
            raise ValueError("carrier and carriers name different sentences; give one of them")
        return self

    @field_validator("categories", mode="before")
    @classmethod
    def _as_tuples(cls, categories: Any) -> Any:
        if isinstance(categories, dict):
            return {
                name: tuple(words) if isinstance(words, list) else words
                for name, words in categories.items()
            }
        return categories

    @model_validator(mode="after")
    def _words_are_usable(self) -> "WordsSection":
        from laminoscope_core.word_lists import MOST_WORDS

        if not any(self.categories.values()):
            raise ValueError("there are no words in words.categories")
        if (n_words := sum(map(len, self.categories.values()))) > MOST_WORDS:
            raise ValueError(
                f"there are {n_words} words; {MOST_WORDS} are the most that can be compared"
            )
        seen: dict[str, str] = {}
        for category, words in self.categories.items():
            if not category.strip():
                raise ValueError("a category has an empty name")
            whole(category, f"the category {category!r}")
            for word in words:
                whole(word, f"the word {word!r}")
                if not word.strip():
                    raise ValueError(f"category {category!r} contains an empty word")
                if word in seen:
                    raise ValueError(
                        f"the word {word!r} appears twice (in {seen[word]!r} and {category!r})"
                    )
                seen[word] = category
        return self

    @property
    def words(self) -> tuple[str, ...]:
        """All words, category by category."""
        return tuple(word for words in self.categories.values() for word in words)

    @property
    def word_categories(self) -> tuple[str, ...]:
        """The category of each of `words`."""
        return tuple(name for name, words in self.categories.items() for _ in words)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All carrier sentences: several, or the one."""
        return self.carriers or (self.carrier,)

    def of(self, carrier: str) -> "WordsSection":
        """Return the same words in one carrier sentence."""
        return self.model_copy(update={"carrier": carrier, "carriers": ()})


class RsaSection(Section):
    """Which representations of the words are compared.

    Attributes
    ----------
    sites : tuple of str
        In this order; every pair of them is compared.
    heads : bool
        Whether every head is scored as well.
    models : tuple of str
        Sources of other models that read the same words.
    predictors : tuple of str
        Model RDMs that every site is compared with.
    """

    sites: Annotated[tuple[WordSite, ...], BeforeValidator(as_tuple)] = ("q", "k", "v")
    heads: bool = False
    models: Annotated[tuple[str, ...], BeforeValidator(as_tuple)] = ()
    predictors: Annotated[tuple[Predictor, ...], BeforeValidator(as_tuple)] = ()

    @field_validator("sites", "models", "predictors")
    @classmethod
    def _once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        for number, name in enumerate(names):
            if name in names[:number]:
                raise ValueError(f"{name!r} appears twice")
        return names

    @field_validator("sites")
    @classmethod
    def _some(cls, sites: tuple[str, ...]) -> tuple[str, ...]:
        if not sites:
            raise ValueError(f"there are no sites; there are {', '.join(get_args(WordSite))}")
        if len(sites) == 1:
            raise ValueError("there is one site; two or more can be compared")
        return sites

    @field_validator("models")
    @classmethod
    def _sources(cls, models: tuple[str, ...]) -> tuple[str, ...]:
        for source in models:
            if not source.strip():
                raise ValueError("a model has an empty name")
            whole(source, f"the model {source!r}")
        return models
