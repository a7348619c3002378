"""Several chains by name: presets, those that the user has saved, and chains written out."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from laminoscope_core.errors import ExperimentError
from laminoscope_core.experiment import THIS_CHAIN, SamplingSection
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.library import ChainLibrary
from laminoscope_core.sampling.links import Link
from laminoscope_core.sampling.parameters import SamplingError
from laminoscope_core.sampling.presets import PRESETS

__all__ = [
    "THIS_CHAIN",
    "NamedChain",
    "check_chains",
    "known_chains",
    "named_chains",
    "written_out",
]


@dataclass(frozen=True)
class NamedChain:
    """A chain by its name.

    Attributes
    ----------
    name : str
    samplers : tuple of dict
        As `Chain.from_list` takes it; of no meaning for `THIS_CHAIN`.
    """

    name: str
    samplers: tuple[Mapping[str, Any], ...] = ()


def known_chains() -> dict[str, tuple[Mapping[str, Any], ...]]:
    """Return by name the presets, and the user's saved chains as far as they can be read."""
    known: dict[str, tuple[Mapping[str, Any], ...]] = dict(PRESETS)
    try:
        saved = ChainLibrary().chains()
    except SamplingError:  # the chain's own menu says what is wrong
        return known
    return known | {chain.name: chain.items for chain in saved if not chain.problem}


def written_out(chains: Iterable[NamedChain], this: Chain) -> tuple[NamedChain, ...]:
    """Return chains with the samplers of the one in force in it."""
    own = NamedChain(THIS_CHAIN, tuple(this.to_list()))
    return tuple(own if each.name == THIS_CHAIN else each for each in chains)


def named_chains(written: Iterable[str | Mapping[str, Any]]) -> tuple[NamedChain, ...]:
    """Return the chains that an experiment names or writes out.

    Parameters
    ----------
    written : iterable of str or mapping
        The name of a preset, of a chain that the user has saved, or `THIS_CHAIN`; or ``name`` and
        ``samplers``.

    Raises
    ------
    SamplingError
        There is no chain of a name, one is not valid, or two have the same name.

    Examples
    --------
    >>> [chain.name for chain in named_chains(["greedy", {"name": "mine", "samplers": []}])]
    ['greedy', 'mine']
    """
    found: dict[str, NamedChain] = {}
    known: dict[str, tuple[Mapping[str, Any], ...]] = {}
    for entry in written:
        if isinstance(entry, str):
            known = known or {THIS_CHAIN: (), **known_chains()}
            if entry not in known:
                raise SamplingError(
                    f"There is no chain called {entry!r}.", f"Known are {', '.join(known)}."
                )
            chain = NamedChain(entry, known[entry])
        else:
            items = tuple(Link.from_item(item).to_item() for item in entry["samplers"])
            chain = NamedChain(entry["name"], items)
        if chain.name in found:
            raise SamplingError(f"Two chains are called {chain.name!r}.", "Give one another name.")
        found[chain.name] = chain
    return tuple(found.values())


def check_chains(sampling: SamplingSection, experiment: str) -> None:
    """Refuse chains that no model could apply, before one is opened.

    Parameters
    ----------
    sampling : SamplingSection
    experiment : str
        What the experiment is called.

    Raises
    ------
    ExperimentError
        There is no chain of a name, or one is not valid; its place is named.
    """
    chain = sampling.chain
    places: dict[str, Callable[[], object]] = {
        "sampling.chain": lambda: (
            Chain.preset(chain) if isinstance(chain, str) else Chain.from_list(chain)
        ),
        **{
            f"sampling.chains: chain {number}": partial(named_chains, [entry])
            for number, entry in enumerate(sampling.chains, start=1)
        },
    }
    for place, read in places.items():
        try:
            read()
        except SamplingError as error:
            raise ExperimentError(
                f"{experiment} is not valid: {place}: {error.message}", error.hint
            ) from None
