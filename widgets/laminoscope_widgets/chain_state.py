"""What a person sets of a sampler chain, and what a change of it is called."""

from dataclasses import dataclass
from typing import Any

from laminoscope_core.sampling import SAMPLERS
from laminoscope_widgets.steps import Step
from laminoscope_widgets.translation import shown_text, tr

__all__ = ["ChainState", "chain_step"]


@dataclass(frozen=True)
class ChainState:
    """The chain's form.

    Attributes
    ----------
    items : tuple of dict
        As `Chain.from_list` takes it.
    seed : int
    stop : tuple of int or str, or None
        Tokens that end a text; None for those that the model declares.
    """

    items: tuple[dict[str, Any], ...] = ()
    seed: int = 0
    stop: tuple[int | str, ...] | None = None


def chain_step(before: ChainState, after: ChainState) -> Step:
    """Return the step from one state of the form to another.

    Examples
    --------
    >>> top_k = {"sampler": "top_k", "k": 40}
    >>> chain_step(ChainState(), ChainState((top_k,))).name
    'Add Top-k'
    >>> chain_step(ChainState((top_k,)), ChainState(({**top_k, "k": 41},)))
    Step(name='Change k of Top-k', field='0 k')
    """
    if before.seed != after.seed:
        return Step(tr("Change seed"), field="seed")
    if before.stop != after.stop:
        return Step(_stop_step(before.stop, after.stop))
    old, new = before.items, after.items
    if len(new) == len(old) + 1 and (item := _extra(new, old)) is not None:
        return Step(
            tr("Duplicate {sampler}" if item in old else "Add {sampler}", sampler=_title(item))
        )
    if len(new) == len(old) - 1 and (item := _extra(old, new)) is not None:
        return Step(tr("Remove {sampler}", sampler=_title(item)))
    if len(new) == len(old):
        changed = [at for at in range(len(new)) if new[at] != old[at]]
        if len(changed) == 1 and old[changed[0]]["sampler"] == new[changed[0]]["sampler"]:
            return _item_step(changed[0], old[changed[0]], new[changed[0]])
        if all(item in old for item in new) and all(item in new for item in old):
            return Step(tr("Move sampler"))
    return Step(tr("Choose chain"))


def _item_step(at: int, old: dict[str, Any], new: dict[str, Any]) -> Step:
    if old.get("enabled", True) != new.get("enabled", True):
        on = new.get("enabled", True)
        step = tr("Switch {sampler} on" if on else "Switch {sampler} off", sampler=_title(new))
        return Step(step)
    name = next(name for name in new if new[name] != old.get(name))
    return Step(
        tr("Change {name} of {sampler}", name=name.replace("_", " "), sampler=_title(new)),
        field=f"{at} {name}",
    )


def _extra(longer: tuple[Any, ...], shorter: tuple[Any, ...]) -> Any:
    """Return the entry without which one tuple is the other; None if there is none."""
    for at, entry in enumerate(longer):
        if longer[:at] + longer[at + 1 :] == shorter:
            return entry
    return None


def _stop_step(before: tuple[int | str, ...] | None, after: tuple[int | str, ...] | None) -> str:
    if after is None:
        return tr("Stop where the model says")
    more = before is None or len(after) > len(before)
    return tr("Add stop token") if more else tr("Remove stop token")


def _title(item: dict[str, Any]) -> str:
    return shown_text(SAMPLERS[item["sampler"]].title)
