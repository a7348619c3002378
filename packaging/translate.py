"""Bring the German catalogue up to date with the sources, and compile it.

``python packaging/translate.py [OTHER.ts…]`` collects the texts of the sources, keeps the
translations that are there, takes those of other catalogues besides (the last one counts), drops
what the sources no longer have, and names what is not translated.
"""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parent))
from core_texts import core_texts

ROOT = Path(__file__).parents[1]
CATALOG = ROOT / "resources/laminoscope_resources/catalog.toml"
CATALOGUE = ROOT / "resources/laminoscope_resources/translations/laminoscope_de.ts"
_FUNCTIONS = {"tr": 1, "tr_n": 2, "mark": 1}  # by how many texts they are given

Texts = Mapping[tuple[str, str], str]
"""German by context and English; empty if it is not translated."""


def collect() -> set[tuple[str, str]]:
    """Return the context and the English of every text of the sources."""
    files = [*(ROOT / "app").rglob("*.py"), *(ROOT / "widgets").rglob("*.py")]
    of_window = {("window", text) for file in files for text in window_texts(file)}
    of_core = core_texts(ROOT / "core/laminoscope_core") | catalog_texts()
    return of_window | {("core", text) for text in of_core}


def catalog_texts() -> set[str]:
    """Return what the catalog says about its models."""
    catalog = tomllib.loads(CATALOG.read_text(encoding="utf-8"))
    return {model["about"] for model in catalog.values()}


def window_texts(file: Path) -> Iterator[str]:
    """Yield the literals that a file gives to `tr`, `tr_n` and `mark`.

    Raises
    ------
    ValueError
        One of them is an f-string, which would be another text each time.
    """
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for text in node.args[: _FUNCTIONS.get(node.func.id, 0)]:
                yield from _literals(text, file)


def _literals(node: ast.expr, file: Path) -> Iterator[str]:
    """Yield the texts of a literal, or of a choice between some."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=first, orelse=second):
            yield from _literals(first, file)
            yield from _literals(second, file)
        case ast.JoinedStr():
            raise ValueError(f"{file}:{node.lineno}: an f-string cannot be translated")


def read(file: Path) -> Texts:
    """Return what is translated in a catalogue."""
    found = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            german = message.find("translation")
            if german is not None and german.get("type") is None and german.text:
                found[context.findtext("name", ""), message.findtext("source", "")] = german.text
    return found


def write(texts: Texts, file: Path) -> None:
    """Write a catalogue, sorted."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append('<TS version="2.1" language="de_DE" sourcelanguage="en_US">')
    for context in sorted({context for context, _ in texts}):
        lines += ["<context>", f"    <name>{context}</name>"]
        for english in sorted(text for other, text in texts if other == context):
            german = escape(texts[context, english])
            state = "" if german else ' type="unfinished"'
            lines += [
                "    <message>",
                f"        <source>{escape(english)}</source>",
                f"        <translation{state}>{german}</translation>",
                "    </message>",
            ]
        lines.append("</context>")
    file.write_text("\n".join([*lines, "</TS>", ""]), encoding="utf-8")


def compiled(file: Path, to: Path) -> None:
    """Compile a catalogue with Qt's own tool."""
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, "-silent", "-nounfinished", file, "-qm", to], check=True)


def main(others: Iterable[str]) -> None:
    """Write the catalogue and what is compiled of it."""
    known: dict[tuple[str, str], str] = {}
    for file in (CATALOGUE, *map(Path, others)):
        known |= read(file)
    texts = {text: known.get(text, "") for text in collect()}
    write(texts, CATALOGUE)
    compiled(CATALOGUE, CATALOGUE.with_suffix(".qm"))
    for context, english in sorted(text for text, german in texts.items() if not german):
        print(f"not translated: {context}: {english}")


if __name__ == "__main__":
    main(sys.argv[1:])
