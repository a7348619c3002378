"""What the user points at: the only thing that panels share.

A `Selection` is a Qt-free evented dataclass (psygnal): assigning a field emits
``selection.events.<field>`` when, and only when, the value has changed.  Panels write to it
and follow it; none of them knows another.
"""

from dataclasses import dataclass
from typing import ClassVar

from psygnal import SignalGroupDescriptor

__all__ = ["Selection"]


@dataclass
class Selection:
    """The layer, site, head, words and tokens under study.

    Attributes
    ----------
    layer : int
        0-based decoder layer.
    site : str
        A site of `laminoscope_core.recording.sites`, as ``"q"``.
    head : int or None
        One head, or None for all heads together.
    carrier : int or None
        One of several carrier sentences; None for their mean, or for the first where there is none.
    pair : tuple of int or None
        Two word indices of the experiment, smaller first.
    word : int or None
        Index of one word of the experiment.
    token : int or None
        0-based position in the text.
    tokens : tuple of int
        Several positions in the text, ascending.
    prompt : int
        Index of one of the prompts to continue, as they were read.
    prompt_is_read : bool
        Whether that is the prompt which is being edited; else this has not been read as it stands,
        and nothing is known of it.
    candidate : int or None
        Vocabulary id of a next-token candidate.
    watched : tuple of str
        Texts whose first tokens are watched among the candidates.
    hovered_pair : tuple of int or None
        The pair under the pointer; changes nothing else.
    hovered_layer : int or None
        The layer under the pointer.
    hovered_token : int or None
        The token under the pointer.

    Examples
    --------
    >>> selection = Selection()
    >>> seen = []
    >>> _ = selection.events.layer.connect(seen.append)
    >>> selection.layer = 6
    >>> selection.layer = 6
    >>> seen
    [6]
    """

    events: ClassVar[SignalGroupDescriptor] = SignalGroupDescriptor()

    layer: int = 0
    site: str = "q"
    head: int | None = None
    carrier: int | None = None
    pair: tuple[int, int] | None = None
    word: int | None = None
    token: int | None = None
    tokens: tuple[int, ...] = ()
    prompt: int = 0
    prompt_is_read: bool = True
    candidate: int | None = None
    watched: tuple[str, ...] = (" snow", " the", " ground")
    hovered_pair: tuple[int, int] | None = None
    hovered_layer: int | None = None
    hovered_token: int | None = None
