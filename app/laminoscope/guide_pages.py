"""The pages of the guide in the order of its table of contents, and what is found in them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from laminoscope_resources import guide_text

__all__ = ["CONTENTS", "Found", "Page", "found", "guide_pages", "links", "place_name"]

CONTENTS = "index"
"""The topic of the table of contents."""
_EVERY_WORD = {CONTENTS, "columns"}
"""Pages that have nearly every word: they count for little."""

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_HEADING = re.compile(r"#+ ")
_WORD = re.compile(r"\w+")
_IN_TITLE, _IN_HEADING, _TOGETHER, _MOST_COUNTED = 40, 12, 15, 8
_AROUND = 45
_MOST_WORDS = 12


@dataclass(frozen=True)
class Page:
    """One page.

    Attributes
    ----------
    topic : str
        Name of its file.
    title, group : str
        Its first heading, and the heading of the table of contents under which it stands.
    text : str
        Markdown.
    """

    topic: str
    title: str
    group: str
    text: str


@dataclass(frozen=True)
class Found:
    """A page that has what was looked for.

    Attributes
    ----------
    page : Page
    excerpt : str
        The words around the first place.
    place : str
        What stands there, as it is written.
    """

    page: Page
    excerpt: str
    place: str


def links(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words and the target of every link of a Markdown text."""
    for match in _LINK.finditer(text):
        yield match[1], match[2]


def place_name(heading: str) -> str:
    """Return the name by which a link reaches a heading, as code-hosting sites make it.

    >>> place_name("Top-nσ (`top_n_sigma`)")
    'top-nσ-top_n_sigma'
    """
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def guide_pages(language: str) -> tuple[Page, ...]:
    """Return all pages as the table of contents has them, itself first."""
    contents = guide_text(CONTENTS, language)
    pages = [_page(CONTENTS, "", contents)]
    group = ""
    for line in contents.splitlines():
        if _HEADING.match(line):
            group = line.lstrip("# ")
        pages += [
            _page(target.removesuffix(".md"), group, guide_text(target[:-3], language))
            for _, target in links(line)
            if target.endswith(".md") and "/" not in target
        ]
    return tuple(pages)


def _page(topic: str, group: str, text: str) -> Page:
    return Page(topic, text.partition("\n")[0].lstrip("# "), group, text)


def found(pages: Iterable[Page], wanted: str) -> list[Found]:
    """Return the pages that hold every word that is wanted, the best first.

    A word counts where one of the page begins with it.  A page whose title has it comes before
    one whose headings have it, and that before one that only mentions it; it helps where the words
    stand together.

    Parameters
    ----------
    pages : iterable of Page
    wanted : str
        Words in any case and order; those after the first dozen are passed over.
    """
    words = [word.casefold() for word in _WORD.findall(wanted)][:_MOST_WORDS]
    if not words:
        return []
    begins = [re.compile(rf"\b{re.escape(word)}", re.IGNORECASE) for word in dict.fromkeys(words)]
    together = re.compile(r"\W+".join(rf"\b{re.escape(word)}\w*" for word in words), re.IGNORECASE)
    ranked = []
    for page in pages:
        if not all(begin.search(page.text) for begin in begins):
            continue
        headings = "\n".join(line for line in page.text.splitlines() if _HEADING.match(line))
        score: float = sum(
            _IN_TITLE * bool(begin.search(page.title))
            + _IN_HEADING * bool(begin.search(headings))
            + min(len(begin.findall(page.text)), _MOST_COUNTED)
            for begin in begins
        )
        phrase = together.search(page.text)
        score += _TOGETHER * (phrase is not None)
        score /= 4 if page.topic in _EVERY_WORD else 1
        at = phrase or begins[0].search(page.text)
        assert at is not None
        ranked.append((score, Found(page, _excerpt(page.text, at), at[0])))
    return [each for _, each in sorted(ranked, key=lambda scored: -scored[0])]


def _excerpt(text: str, at: re.Match[str]) -> str:
    """Return the words around a place, without what Markdown adds to them."""
    before, after = text[: at.start()][-_AROUND:], text[at.end() :][:_AROUND]
    before = f"…{before.partition(' ')[2]}" if at.start() > _AROUND else before
    after = f"{after.rpartition(' ')[0]}…" if len(after) == _AROUND else after
    plain = _LINK.sub(r"\1", f"{before}{at[0]}{after}")
    return re.sub(r"\s+", " ", re.sub(r"[*`#|]", "", plain)).strip()
