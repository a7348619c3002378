"""Where the results that are shown come from: computed here, or read from a session file."""

import platform
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from laminoscope_core.models.model import ModelInfo
from laminoscope_core.run.results import RunResult

if TYPE_CHECKING:
    from laminoscope_core.run.requests import Generated

__all__ = ["History", "same_model"]

_NOT_KEPT = ("generation", "after-generation")


def same_model(one: ModelInfo, other: ModelInfo) -> bool:
    """Return whether two descriptions are of the same weights, run in the same way.

    Without a revision that cannot be known, and the answer is no.
    """
    return bool(one.revision) and one == other


class History:
    """Remembers which results were not computed here, and all texts that were generated."""

    def __init__(self) -> None:
        self._origin: Mapping[str, Any] = {}
        self._elsewhere: set[str] = set()
        self._here: set[str] = set()
        self._generated: list[Generated] = []
        self._by_altered: list[Generated] = []

    def adopt(self, run: RunResult) -> Iterator[tuple[str, Any]]:
        """Take a session's results; return them in the order in which panels expect them."""
        results = dict(run.results)
        generated = results.pop("generations", ())
        by_altered = results.pop("after-generations", ())
        self._generated, self._by_altered = list(generated), list(by_altered)
        self._origin, self._elsewhere, self._here = run.origin, set(results), set()
        yield from results.items()
        yield from (("generation", made) for made in generated)
        yield from (("after-generation", made) for made in by_altered)

    def took(self, name: str, result: Any) -> None:
        """Notice a result that has just been computed.

        After prompts that the altered model has read anew there is no text yet; those of the model
        as it is may have kept theirs (`renumber`).
        """
        self._elsewhere.discard(name)
        self._here.add(name)
        if name == "generation":
            self._generated.append(result)
        elif name == "after-generation":
            self._by_altered.append(result)
        elif name == "after-prompts" and all(place.node is None for place in result.places):
            self._by_altered = []

    def renumber(self, numbers: Mapping[int, int]) -> None:
        """Let texts follow their prompts, by new numbers; forget those whose prompt is gone."""
        self._generated = [
            replace(one, prompt=numbers[one.prompt])
            for one in self._generated
            if one.prompt in numbers
        ]

    @property
    def generated(self) -> "tuple[Generated, ...]":
        """All nodes of the trees after the prompts that are there."""
        return tuple(self._generated)

    @property
    def by_altered(self) -> "tuple[Generated, ...]":
        """The same of the altered model."""
        return tuple(self._by_altered)

    def dropped(self, names: set[str]) -> None:
        """Notice results that are no longer there."""
        self._elsewhere -= names
        self._here -= names
        if "prompts" in names:
            self._generated = []
        if "after-prompts" in names:
            self._by_altered = []

    def kept(self, results: Mapping[str, Any]) -> dict[str, Any]:
        """Return the results as a session keeps them."""
        kept = {name: result for name, result in results.items() if name not in _NOT_KEPT}
        texts = {"generations": self._generated, "after-generations": self._by_altered}
        return {**kept, **{name: tuple(nodes) for name, nodes in texts.items() if nodes}}

    def origin(self) -> dict[str, Any]:
        """Return what provenance says of where the results were computed, if not all were here."""
        if not self._elsewhere:
            return {}
        if not self._here:
            return dict(self._origin)
        from laminoscope_core.export.provenance import library_versions

        recomputed = {
            "results": sorted(self._here),
            "libraries": library_versions(),
            "python": platform.python_version(),
            "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
        }
        return {**self._origin, "recomputed": recomputed}
