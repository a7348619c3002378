"""What to run: the model, the words, the texts, the prompts and the sampler chain.

An experiment is a small TOML file.  Sections that are absent are not run; keys that are not
known are an error that names them, so that a typing mistake never passes for a setting.
"""

from pathlib import Path
from typing import Annotated, Any

import tomli_w
from pydantic import BeforeValidator, ValidationError, field_validator, model_validator

from laminoscope_core.errors import ExperimentError
from laminoscope_core.inside_section import InsideSection, Intervention
from laminoscope_core.section import Section, as_tuple, problems, shown_value, whole
from laminoscope_core.text import visible_text
from laminoscope_core.text_files import read_text, texts_in, toml_content
from laminoscope_core.words_section import Pooling, RsaSection, WordsSection

__all__ = [
    "THIS_CHAIN",
    "Experiment",
    "InsideSection",
    "ModelSection",
    "Pooling",
    "PromptSection",
    "RsaSection",
    "SamplingSection",
    "TextSection",
    "WordsSection",
]

THIS_CHAIN = "this chain"
"""What the chain in force is called among others, which has no name of its own."""

_LARGEST = 4 * 2**20
_MOST_PROMPTS = 10_000
_DEEPEST = 4
"""Levels of a chain: its list, a sampler, a parameter, an entry of that."""


class ModelSection(Section):
    """Which model to open, where, and at which precision."""

    source: str = "smollm2-135m"
    device: str = "auto"
    dtype: str = "auto"


class TextSection(Section):
    """A running text for the token adjustments."""

    content: str

    @field_validator("content")
    @classmethod
    def _can_be_read(cls, content: str) -> str:
        if not content:
            raise ValueError("there is no text; type, paste or drop one")
        return whole(content, "the text")


class PromptSection(Section):
    """One prompt to continue.

    With ``chat`` it becomes the user's message in the model's chat template, after the
    ``system`` message if there is one.
    """

    text: str
    chat: bool = False
    system: str = ""

    @field_validator("text", "system", mode="before")
    @classmethod
    def _can_be_read(cls, text: Any) -> Any:
        return whole(text, "the prompt") if isinstance(text, str) else text

    @field_validator("text")
    @classmethod
    def _says_something(cls, text: str) -> str:
        if not text:
            raise ValueError("a prompt is empty")
        return text


class SamplingSection(Section):
    """How candidates are chosen: a seed and an ordered chain of samplers.

    ``stop`` holds the tokens that end a text, as ids or as texts of one token; without it, those
    that the model declares.  ``chains`` are compared on the same candidates: names of presets or
    saved chains, ``"this chain"``, or tables of ``name`` and ``samplers``.
    """

    seed: int = 0
    chain: tuple[dict[str, Any], ...] | str = "llama.cpp"
    chains: tuple[dict[str, Any] | str, ...] = ()
    stop: tuple[int | str, ...] | None = None

    @field_validator("chain", mode="before")
    @classmethod
    def _is_chain(cls, value: Any) -> Any:
        if _is_deeper(value, _DEEPEST):
            raise ValueError("it is nested too deeply")
        value = as_tuple(value)
        if isinstance(value, str) or _is_tuple_of(value, dict):
            return value
        raise ValueError(
            f"it must be the name of a chain or a list of samplers, not {shown_value(value)}"
        )

    @field_validator("chains", mode="before")
    @classmethod
    def _are_chains(cls, value: Any) -> Any:
        value = as_tuple(value)
        if _is_deeper(value, _DEEPEST + 1) or not isinstance(value, tuple):
            raise ValueError(f"it must be a list of chains, not {shown_value(value)}")
        for entry in value:
            named = isinstance(entry, dict) and entry.keys() == {"name", "samplers"}
            if not isinstance(entry, str) and not (
                named
                and isinstance(entry["name"], str)
                and _is_tuple_of(as_tuple(entry["samplers"]), dict)
            ):
                raise ValueError(
                    "each must be the name of a chain, or have a name and samplers, not "
                    f"{shown_value(entry)}"
                )
        _check_names(value)
        return value

    @field_validator("stop", mode="before")
    @classmethod
    def _are_tokens(cls, value: Any) -> Any:
        value = as_tuple(value)
        if value is None or _is_tuple_of(value, int, str):
            return value
        raise ValueError(f"it must be a list of token ids and texts, not {shown_value(value)}")


def _check_names(chains: tuple[dict[str, Any] | str, ...]) -> None:
    """Refuse names by which chains could not be told apart."""
    seen: set[str] = set()
    for number, entry in enumerate(chains, start=1):
        name = entry if isinstance(entry, str) else entry["name"]
        if not name.strip():
            raise ValueError(f"chain {number} has an empty name")
        if name == THIS_CHAIN and not isinstance(entry, str):
            raise ValueError(
                f"{THIS_CHAIN!r} is what the chain in force is called; chain {number} "
                "needs another name"
            )
        if name in seen:
            raise ValueError(f"two chains are called {name!r}; give one another name")
        seen.add(name)


class Experiment(Section):
    """Everything that a run needs, read from TOML and written back to it.

    ``interventions`` alter the model that reads words, texts and prompts a second time; without
    them, those of ``inside`` do.  Where both are given they are the same.

    Examples
    --------
    >>> Experiment.from_text('[words]\\ncarier = "x"')
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.ExperimentError: The experiment is not valid: \
words.categories: missing; words.carier: unknown key. Correct it and try again.
    """

    model: ModelSection = ModelSection()
    words: WordsSection | None = None
    rsa: RsaSection = RsaSection()
    text: TextSection | None = None
    prompts: tuple[PromptSection, ...] = ()
    inside: InsideSection | None = None
    interventions: Annotated[tuple[Intervention, ...], BeforeValidator(as_tuple)] | None = None
    sampling: SamplingSection = SamplingSection()

    @property
    def altered(self) -> tuple[tuple[int, Intervention], ...]:
        """Interventions that can be made in any text, with their numbers.

        Those are at all tokens, and put in nothing of another text.
        """
        asked = self.interventions
        if asked is None:
            asked = () if self.inside is None else self.inside.interventions
        return tuple((at, one) for at, one in enumerate(asked) if one.anywhere)

    @model_validator(mode="after")
    def _is_of_one_altered_model(self) -> "Experiment":
        if self.interventions and self.inside is not None and self.inside.interventions:
            of_inside = tuple(one for one in self.inside.interventions if one.anywhere)
            if tuple(one for one in self.interventions if one.anywhere) != of_inside:
                raise ValueError(
                    "interventions and inside.interventions alter the model in two ways; give one"
                )
        return self

    @field_validator("prompts", mode="before")
    @classmethod
    def _as_tuple(cls, prompts: Any) -> Any:
        if isinstance(prompts, (list, tuple)) and len(prompts) > _MOST_PROMPTS:
            raise ValueError(f"there are {len(prompts)} prompts; {_MOST_PROMPTS} are the most")
        return as_tuple(prompts)

    @classmethod
    def from_text(
        cls, text: str, name: str = "The experiment", *, beside: Path | None = None
    ) -> "Experiment":
        """Parse TOML.

        Parameters
        ----------
        text, name : str
            What stands there, and what it is called where it is refused.
        beside : Path, optional
            The folder that names of folders in it start from; without it there can be none.

        Raises
        ------
        ExperimentError
            Not TOML, an unknown key, or a value out of range; all problems are named.
        """
        content = toml_content(text, name)
        if beside is not None:
            _read_folder(content, beside)
        try:
            return cls.model_validate(content)
        except ValidationError as error:
            raise ExperimentError(
                f"{name} is not valid: {problems(error)}.", "Correct it and try again."
            ) from None
        except RecursionError:
            raise ExperimentError(
                f"{name} is not valid: it is nested too deeply.", "Correct it and try again."
            ) from None

    @classmethod
    def from_file(cls, path: str | Path) -> "Experiment":
        """Read a TOML file of at most 4 MB; see `from_text` and `text_files.read_text`."""
        shown = visible_text(str(path), spaces=False)
        beside = Path(path).parent
        return cls.from_text(read_text(path, _LARGEST), name=shown, beside=beside)

    def to_toml(self) -> str:
        """Return the experiment as TOML that `from_text` reads back to an equal experiment."""
        content = self.model_dump(exclude_none=True)
        content["rsa"] = self.rsa.model_dump(exclude_defaults=True)
        if self.words is not None and not self.words.carriers:
            del content["words"]["carriers"]
        # no interventions at all are something else than those of inside
        kept = {n: part for n, part in content.items() if part or n == "interventions"}
        return tomli_w.dumps(kept)


def _read_folder(content: dict[str, Any], beside: Path) -> None:
    """Put the texts of the folder that an atlas names in the place of its name."""
    inside = content.get("inside")
    atlas = inside.get("atlas") if isinstance(inside, dict) else None
    if isinstance(atlas, dict) and isinstance(atlas.get("folder"), str):
        texts = atlas.setdefault("texts", [])
        if isinstance(texts, list):
            texts += texts_in(beside / atlas.pop("folder"))


def _is_tuple_of(value: Any, *kinds: type) -> bool:
    return isinstance(value, tuple) and all(type(entry) in kinds for entry in value)


def _is_deeper(value: Any, levels: int) -> bool:
    """Return whether lists and tables stand in each other more than so many times."""
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(value, (dict, list, tuple)):
        return False
    return levels == 0 or any(_is_deeper(entry, levels - 1) for entry in inner)
