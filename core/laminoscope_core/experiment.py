"""What to run: the model, the words, the text, the prompts and the sampler chain.

An experiment is a small TOML file.  Sections that are absent are not run; keys that are not
known are an error that names them, so that a typing mistake never passes for a setting.
"""

import tomllib
from pathlib import Path
from typing import Any, Literal

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from laminoscope_core.errors import ExperimentError
from laminoscope_core.text import half_character

__all__ = [
    "Experiment",
    "ModelSection",
    "Pooling",
    "PromptSection",
    "SamplingSection",
    "TextSection",
    "WordsSection",
]

Pooling = Literal["last", "mean", "first"]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class ModelSection(_Section):
    """Which model to open, where, and at which precision."""

    source: str = "smollm2-135m"
    device: str = "auto"
    dtype: str = "auto"


class WordsSection(_Section):
    """Words in categories, each set into the same carrier sentence.

    ``context_index`` is the token position at which the direct correlation of Q, K and V is
    also read (1 in the RSA article); it must lie before the word to be the same for all words.
    """

    carrier: str = "The next word is {word}"
    pooling: Pooling = "last"
    context_index: int = Field(default=1, ge=0)
    categories: dict[str, tuple[str, ...]]

    @field_validator("carrier")
    @classmethod
    def _one_gap(cls, carrier: str) -> str:
        if carrier.count("{word}") != 1:
            raise ValueError("the carrier sentence must contain {word} exactly once")
        return _whole(carrier, "the carrier sentence")

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
        if not any(self.categories.values()):
            raise ValueError("there are no words in words.categories")
        seen: dict[str, str] = {}
        for category, words in self.categories.items():
            if not category.strip():
                raise ValueError("a category has an empty name")
            _whole(category, f"the category {category!r}")
            for word in words:
                _whole(word, f"the word {word!r}")
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


class TextSection(_Section):
    """A running text for the token adjustments."""

    content: str

    @field_validator("content")
    @classmethod
    def _can_be_read(cls, content: str) -> str:
        if not content:
            raise ValueError("there is no text; type, paste or drop one")
        return _whole(content, "the text")


class PromptSection(_Section):
    """One prompt to continue.

    With ``chat`` it becomes the user's message in the model's chat template, after the
    ``system`` message if there is one.
    """

    text: str = Field(min_length=1)
    chat: bool = False
    system: str = ""

    @field_validator("text", "system", mode="before")
    @classmethod
    def _can_be_read(cls, text: Any) -> Any:
        return _whole(text, "the prompt") if isinstance(text, str) else text


class SamplingSection(_Section):
    """How candidates are chosen: a seed and an ordered chain of samplers.

    ``stop`` holds the tokens that end a text, as ids or as texts of one token; without it, those
    that the model declares.
    """

    seed: int = 0
    chain: tuple[dict[str, Any], ...] | str = "llama.cpp"
    stop: tuple[int | str, ...] | None = None

    @field_validator("chain", "stop", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value


class Experiment(_Section):
    """Everything that a run needs, read from TOML and written back to it.

    Examples
    --------
    >>> Experiment.from_text('[words]\\ncarier = "x"')
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.ExperimentError: The experiment is not valid: \
words.categories: missing; words.carier: unknown key.
    """

    model: ModelSection = ModelSection()
    words: WordsSection | None = None
    text: TextSection | None = None
    prompts: tuple[PromptSection, ...] = ()
    sampling: SamplingSection = SamplingSection()

    @field_validator("prompts", mode="before")
    @classmethod
    def _as_tuple(cls, prompts: Any) -> Any:
        return tuple(prompts) if isinstance(prompts, list) else prompts

    @classmethod
    def from_text(cls, text: str, name: str = "The experiment") -> "Experiment":
        """Parse TOML.

        Raises
        ------
        ExperimentError
            Not TOML, an unknown key, or a value out of range; all problems are named.
        """
        try:
            return cls.model_validate(tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise ExperimentError(f"{name} is not valid TOML: {error}.") from None
        except ValidationError as error:
            raise ExperimentError(f"{name} is not valid: {_describe(error)}.") from None

    @classmethod
    def from_file(cls, path: str | Path) -> "Experiment":
        """Read a TOML file; see `from_text`."""
        path = Path(path)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise ExperimentError(f"{path} is not a UTF-8 text file.") from None
        except OSError as error:
            raise ExperimentError(f"{path} cannot be read: {error.strerror}.") from None
        return cls.from_text(text, name=str(path))

    def to_toml(self) -> str:
        """Return the experiment as TOML that `from_text` reads back to an equal experiment."""
        content = self.model_dump(mode="json", exclude_none=True)
        return tomli_w.dumps({name: section for name, section in content.items() if section})


def _whole(text: str, what: str) -> str:
    """Return a text that a tokenizer can read: one without halves of characters."""
    if half := half_character(text):
        raise ValueError(f"{what} {half}")
    return text


def _describe(error: ValidationError) -> str:
    problems = []
    for entry in error.errors():
        where = ".".join(str(part) for part in entry["loc"])
        if entry["type"] == "extra_forbidden":
            what = "unknown key"
        elif entry["type"] == "missing":
            what = "missing"
        else:
            what = entry["msg"].removeprefix("Value error, ")
            what = what[:1].lower() + what[1:]
        problems.append(f"{where}: {what}" if where else what)
    return "; ".join(problems)
