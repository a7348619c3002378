"""Chains that the user has saved by name, in one JSON file among the user's settings."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from laminoscope_core.atomic import write_atomically
from laminoscope_core.experiment import THIS_CHAIN
from laminoscope_core.ordinary import open_ordinary
from laminoscope_core.paths import settings_folder
from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.presets import PRESETS
from laminoscope_core.text import visible_text

__all__ = ["ChainLibrary", "SavedChain", "checked_name"]

_FORMAT, _VERSION = "laminoscope chains", 1
_LONGEST_NAME = 60
_LARGEST_FILE = 4 << 20


@dataclass(frozen=True)
class SavedChain:
    """A chain by its name.

    Attributes
    ----------
    name : str
    items : tuple of dict
        As `Chain.from_list` takes it; empty if it cannot be used.
    problem : str
        Why it cannot be used; else empty.
    """

    name: str
    items: tuple[dict[str, Any], ...]
    problem: str = ""


class ChainLibrary:
    """Reads and writes the file; nothing is kept in between, so that windows share it.

    A file that cannot be read is never written over: its content stays, under another name.

    Parameters
    ----------
    path : Path, optional
        ``chains.json`` in the user's settings by default.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or settings_folder() / "chains.json"

    def chains(self) -> tuple[SavedChain, ...]:
        """Return all saved chains by name; those that are not valid say why.

        Raises
        ------
        SamplingError
            The file is damaged, or of a newer version.
        """
        return tuple(_checked(name, items) for name, items in sorted(self._content().items()))

    def save(self, name: str, items: Sequence[Mapping[str, Any]]) -> Path | None:
        """Save a chain under a name, in place of the one of that name.

        Returns
        -------
        Path or None
            Where a damaged file has been put aside, if there was one.

        Raises
        ------
        SamplingError
            The name or the chain is not usable.
        OSError
            The file cannot be written.
        """
        name = checked_name(name)
        content = [Link.from_item(item).to_item() for item in items]
        put_aside = None
        try:
            known = self._content()
        except SamplingError:
            put_aside = self._put_aside()
            known = {}
        self._write({**known, name: content})
        return put_aside

    def rename(self, old: str, new: str) -> None:
        """Give a chain another name.

        Raises
        ------
        SamplingError
            There is none of the old name, one of the new name, or the name is not usable.
        OSError
            The file cannot be written.
        """
        new, known = checked_name(new), self._content()
        if old not in known:
            raise SamplingError(
                f"There is no chain called “{visible_text(old, spaces=False)}”.",
                "Choose another chain.",
            )
        if new in known and new != old:
            raise SamplingError(
                f"There is a chain called “{visible_text(new, spaces=False)}” already.",
                "Choose another name.",
            )
        self._write({new if name == old else name: items for name, items in known.items()})

    def delete(self, name: str) -> None:
        """Remove a chain; one that is not there is no error.

        Raises
        ------
        SamplingError
            The file is damaged.
        OSError
            The file cannot be written.
        """
        self._write({known: items for known, items in self._content().items() if known != name})

    def _content(self) -> dict[str, Any]:
        try:
            with open_ordinary(self.path) as file:
                read = file.read(_LARGEST_FILE + 1)
            if len(read) > _LARGEST_FILE:
                raise SamplingError(
                    f"{self.path} is too large to be a list of chains.",
                    "Move it away and save the chains anew.",
                )
            content = json.loads(read.decode("utf-8-sig"))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SamplingError(
                f"{self.path} cannot be read: {error.strerror}.",
                "Check that the file may be read, or move it away.",
            ) from None
        except (ValueError, RecursionError):
            raise self._damaged() from None
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise self._damaged()
        if content.get("version") != _VERSION:
            raise SamplingError(
                f"{self.path} was written by a newer version of Laminoscope.",
                "Update Laminoscope, or move the file away.",
            )
        chains = content.get("chains")
        if not isinstance(chains, dict):
            raise self._damaged()
        return chains

    def _damaged(self) -> SamplingError:
        return SamplingError(
            f"The saved chains in {self.path} are damaged.",
            "Saving a chain begins a new file; the damaged one is kept beside it.",
        )

    def _put_aside(self) -> Path:
        number = 1
        while (aside := self.path.with_name(f"{self.path.stem}-damaged-{number}.json")).exists():
            number += 1
        self.path.rename(aside)
        return aside

    def _write(self, chains: Mapping[str, Any]) -> None:
        content = {"format": _FORMAT, "version": _VERSION, "chains": chains}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(self.path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def checked_name(name: str) -> str:
    """Return a name that a chain can be saved under.

    Raises
    ------
    SamplingError
        It is empty, too long, not one printable line, or that of a built-in chain.

    Examples
    --------
    >>> checked_name("  my chain ")
    'my chain'
    """
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise SamplingError(
            f"The name of a chain must be one line of 1 to {_LONGEST_NAME} characters."
        )
    if name in PRESETS or name in ("model", "chain", THIS_CHAIN):
        raise SamplingError(f"“{name}” is the name of a built-in chain.", "Choose another name.")
    return name


def _checked(name: str, items: Any) -> SavedChain:
    if not isinstance(items, list):
        return SavedChain(name, (), "it is not a list of samplers")
    try:
        return SavedChain(name, tuple(Link.from_item(item).to_item() for item in items))
    except SamplingError as error:
        return SavedChain(name, (), str(error))
