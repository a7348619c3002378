"""The pages of the guide in the order of its table of contents."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from laminoscope_resources import guide_text

__all__ = ["CONTENTS", "HEADING", "LINK", "Page", "guide_pages", "links", "place_name"]

CONTENTS = "index"
"""The topic of the table of contents."""

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
HEADING = re.compile(r"#+ ")


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


def links(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words and the target of every link of a Markdown text."""
    for match in LINK.finditer(text):
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
        if HEADING.match(line):
            group = line.lstrip("# ")
        pages += [
            _page(target.removesuffix(".md"), group, guide_text(target[:-3], language))
            for _, target in links(line)
            if target.endswith(".md") and "/" not in target
        ]
    return tuple(pages)


def _page(topic: str, group: str, text: str) -> Page:
    return Page(topic, text.partition("\n")[0].lstrip("# "), group, text)
