"""Finished English sentences of core in another language, by the templates they were made of.

Core writes what a person reads as finished texts, which results, sessions and files keep.  A
catalogue has their templates, as ``"{final} of {raw} left by the chain"``.  A text is looked up as
it stands, then by the templates, then in parts: as the lines, clauses and numbers that core sets
beside one another.  What a place holds is looked up too, unless it is of the user or of the model:
words, categories, tokens, names.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter

__all__ = ["Phrases", "set_apart"]

_CACHED = 4096
_LONGEST = 2000
"""Characters of a text that is looked up: what is longer is of another program."""

_OF_THE_USER = frozenset(
    (
        "after", "category", "end", "file", "first", "folder", "named", "path", "prompt_end",
        "read", "second", "shown", "shown_target", "title", "token", "token_text", "top", "word",
    )
)  # fmt: skip
"""Places that hold what is never translated."""

_NAMING = frozenset(("chain {chain}", "with {name}", "within {name}"))
"""Templates whose place holds a name that the user gave; as does any place in quotation marks."""

_NUMBERS = frozenset(
    (
        "at", "before", "capacity", "confidence", "copies", "count", "drop", "fewest",
        "final", "frames", "head", "heads", "high", "k", "kurtosis", "layer", "layers", "low", "n",
        "n_bytes", "n_layers", "n_loops", "n_pairs", "n_tokens", "n_words", "number", "p",
        "probability", "prompt", "rank", "raw", "raw_rank", "runs", "size", "skew",
        "start", "values", "width", "x", "y", "z",
    )
)  # fmt: skip
"""Places that hold a number, or the dash or word of one that there is none of, mostly."""

_TYPED = {
    **dict.fromkeys(("end", "prompt_end"), "“.*”"),
    **dict.fromkeys(("name_x", "name_y"), "[QKV]"),
    "quantity": "probability|rank",
    "shown_target": r"\S+",
    **dict.fromkeys(("named", "token_text"), r"\d[\d,]*  \S+"),
}
"""What else is known of what a place holds: quoted, a site, a token after its number, and so on."""

_NUMBER = r"[−+–\-]?[\d.,∞]*(?:e[+−-]?\d+)?%?|undefined|–"

_SHAPES = (
    # two words, and what is said of the pair, or the numbers of the sites
    re.compile(r"(?P<own>.+ – .+, )(?P<said>(?:within|across) .+)"),
    re.compile(r"(?P<own>.+ – .+: )(?P<said>[QKV] .*)"),
    # a token and its probability
    re.compile(r"(?P<own>\S+  )(?P<said>p = .*)"),
    # one of the tokens that could stand at a place, after its probability
    re.compile(r"(?P<own>[▸ ] \S+  .*)(?P<said>)"),
)
"""Texts that begin with what is of the user, and how they go on."""

_QUOTED = re.compile("“([^“”]*)”")
_QUOTES = "“{text}”"
"""What is of the user or the model, quoted; a catalogue has the other language's marks."""

_TOKEN = re.compile(r"(\d[\d,]*  \S+  )(.+)")
"""A token after its number, and what is said of it."""

_JOINTS = tuple(
    re.compile(f"({joint})")
    for joint in (
        r"\n", "  +", " · ", "; ", r" (?=\()", " → ", ", ", ": ", " = "
    )
)  # fmt: skip
"""What core sets texts beside one another with, the widest gap first."""

_COUNT = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
"""A number whose thousands are set apart as in English."""

_SENTENCES = re.compile(r"((?<=[.!?:]) (?=[A-Z“]))")
_MOST = 12
"""Parts of a text at one kind of joint that are tried together."""

_AROUND = re.compile(r"([\s,;:·(\[]*)(.*?)([\s,;:·)\]]*)", re.DOTALL)
_WORD = re.compile(r"\w+")
_PLACE = re.compile(r"\{(\w+)\}")


class _Template:
    """One template with places, compiled when a text first has all of its words.

    Attributes
    ----------
    weight : tuple
        Orders templates by how much a text must have in common with them.
    """

    def __init__(self, english: str, other: str) -> None:
        self._english, self._other = english, other
        pieces = _PLACE.split(english)
        self._literals = [_plain(text) for text in pieces[::2] if text]
        self._names = pieces[1::2]
        self._pattern: re.Pattern[str] | None = None
        numbers = sum(name in _NUMBERS for name in self._names)
        self.weight = (sum(map(len, self._literals)), numbers - len(self._names), english)

    @property
    def longest_word(self) -> str:
        """The longest word that a text must have, between others; empty if there is none."""
        between = re.findall(r"(?<![\w}])\w+(?![\w{])", _PLACE.sub("{}", self._english))
        return max(between, key=len, default="")

    def fill(self, text: str, phrases: "Phrases") -> str | None:
        """Return the other language's text if a text was made of this template."""
        if not all(literal in text for literal in self._literals):
            return None
        if self._pattern is None:
            self._pattern = re.compile(self._regular_expression())
        found = self._pattern.fullmatch(text)
        if found is None:
            return None
        values = found.groupdict()
        return self._other.format_map(
            {
                name: phrases.quoted(value) if self._is_own(name) else phrases.part(value)
                for name, value in values.items()
            }
        )

    def _regular_expression(self) -> str:
        pieces = _PLACE.split(self._english)
        pieces[::2] = [re.escape(_plain(text)) for text in pieces[::2]]
        pieces[1::2] = [
            f"(?P<{name}>{_NUMBER if name in _NUMBERS else _TYPED.get(name, '.*?')})"
            for name in pieces[1::2]
        ]
        return "".join(pieces)

    def _is_own(self, name: str) -> bool:
        quoted = f"“{{{name}}}”" in self._english
        return quoted or name in _OF_THE_USER or self._english in _NAMING


class Phrases:
    """A catalogue of templates, asked for finished texts.

    Parameters
    ----------
    catalogue : mapping of str to str
        The other language's templates by the English ones.

    Examples
    --------
    >>> phrases = Phrases({"layer": "Schicht", "layer {layer}": "Schicht {layer}", "all": "alle"})
    >>> phrases.shown("layer"), phrases.shown("layer 3, all"), phrases.shown("never heard of")
    ('Schicht', 'Schicht 3, alle', 'never heard of')
    """

    def __init__(self, catalogue: Mapping[str, str]) -> None:
        templates = {english: other for english, other in catalogue.items() if other}
        self._quotes = templates.pop(_QUOTES, _QUOTES)
        self._texts = {
            _plain(english): _plain(other)
            for english, other in templates.items()
            if not _PLACE.search(english)
        }
        made = (_Template(*each) for each in templates.items() if _PLACE.search(each[0]))
        self._by_word: dict[str, list[_Template]] = {}
        for template in made:
            self._by_word.setdefault(template.longest_word, []).append(template)
        self.shown = lru_cache(_CACHED)(self._shown)

    def part(self, text: str) -> str:
        """Return what a place holds in the other language, with what is around it as it is."""
        around = _AROUND.fullmatch(text)
        assert around is not None
        before, inside, after = around.groups()
        return f"{before}{self.shown(inside)}{after}" if inside else text

    def quoted(self, text: str) -> str:
        """Return a text of others as it is, with the quotation marks that core set around it."""
        found = _QUOTED.fullmatch(text)
        return text if found is None else self._quotes.format(text=found[1])

    def _shown(self, text: str) -> str:
        """Return a text in the other language, as far as it is known."""
        if text in self._texts:
            return self._texts[text]
        if len(text) > _LONGEST:
            return text
        sentences = _SENTENCES.split(text)
        whole = self._all_known(sentences) if 1 < len(sentences) < 2 * _MOST else None
        return self._in_parts(text, 0) if whole is None else whole

    def _known(self, text: str) -> str | None:
        """Return the text if it is one, or was made of one template."""
        if text in self._texts:
            return self._texts[text]
        if _COUNT.fullmatch(text):
            return set_apart(text)
        if _QUOTED.fullmatch(text):
            return self.quoted(text)
        for shape in _SHAPES:
            if found := shape.fullmatch(text):
                return found["own"] + (self.shown(found["said"]) if found["said"] else "")
        words = {"", *_WORD.findall(text)}
        like_it = (each for word in words for each in self._by_word.get(word, ()))
        for template in sorted(like_it, key=attrgetter("weight"), reverse=True):
            filled = template.fill(text, self)
            if filled is not None:
                return filled
        if found := _TOKEN.fullmatch(text):
            return found[1] + self.shown(found[2])
        return None

    def _all_known(self, pieces: list[str]) -> str | None:
        """Return texts and what stands between them, all of them known, the shortest first."""
        if not pieces:
            return ""
        for stop in range(1, min(len(pieces), _MOST) + 1, 2):
            text = "".join(pieces[:stop])
            known = self._known(text.removesuffix(":"))
            rest = None if known is None else self._all_known(pieces[stop + 1 :])
            if known is not None and rest is not None:
                return "".join((known, ":" * text.endswith(":"), *pieces[stop : stop + 1], rest))
        return None

    def _in_parts(self, text: str, first_joint: int) -> str:
        known = self._known(text)
        if known is not None:
            return known
        around = _AROUND.fullmatch(text)
        if around is not None and around[2] != text:
            return self.part(text)
        for number in range(first_joint, len(_JOINTS)):
            pieces = _JOINTS[number].split(text)
            if len(pieces) > 1:
                return self._joined(pieces, number)
        return text

    def _joined(self, pieces: list[str], joint: int) -> str:
        """Return texts and what stands between them, the longest known runs first."""
        shown, at = [], 0
        while at < len(pieces):
            most = min(len(pieces), at + _MOST)
            for stop in range(most - (most - at + 1) % 2, at + 1, -2):
                known = self._known("".join(pieces[at:stop])) if stop - at < len(pieces) else None
                if known is not None:
                    break
            else:
                stop, known = at + 1, self._in_parts(pieces[at], joint + 1)
            shown += [known, *pieces[stop : stop + 1]]
            at = stop + 1
        return "".join(shown)


def set_apart(number: str) -> str:
    """Return a number with its thousands set apart by narrow spaces, which are no decimal sign.

    Examples
    --------
    >>> set_apart("1,234,567.8")
    '1\u202f234\u202f567.8'
    """
    return number.replace(",", "\u202f")


def _plain(text: str) -> str:
    """Return a text of a catalogue without places, in which braces are doubled, as it is shown."""
    return text.replace("{{", "{").replace("}}", "}")
