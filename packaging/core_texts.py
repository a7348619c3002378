"""The texts that core makes, collected from its sources as templates.

A template is a literal as it stands, or an f-string whose places have the names of what they
hold, as ``"{n_words} words"``; of what an f-string chooses from two literals there are two
templates.  ``laminoscope_widgets/phrases.py`` finds them again in finished sentences.
"""

import ast
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

__all__ = ["core_texts"]

_UNSEEN_FILES = (
    "export/figure_files.py", "export/literals.py", "export/provenance.py", "export/run_files.py",
    "export/script.py", "figures/", "models/apart_child.py", "recording/sites.py",
    "session/annotations.py",
)  # fmt: skip
"""What is written into files, drawn into figures or said in a helper process, but how far it is."""

_STAGES = tuple(
    f"sampling/{name}.py"
    for name in (
        "by_shape", "chain", "choosing", "dry", "filters", "guiding", "repeats", "reshaping",
        "rules",
    )
)  # fmt: skip
"""Where samplers say what they did, their name first."""

_UNSEEN_CALLS = frozenset(
    (
        "AssertionError", "AttributeError", "KeyError", "MemoryError", "NotImplementedError",
        "OSError", "PermissionError", "RuntimeError", "Thread", "TimeoutError", "TypeError",
        "ValueError", "WeakKeyDictionary", "compile", "endswith", "search", "split", "startswith",
        "sub",
    )
)  # fmt: skip
"""Calls whose texts are for programmers and programs."""

_CHECKING = ("experiment.py", "inside_section.py", "words_section.py")
"""Files whose ValueErrors reach the user: pydantic hands them on."""

_UNSEEN_KEYWORDS = frozenset(("colour", "dtype", "encoding", "name", "prefix", "zooms_with"))

_LABELS = {"Axis": 2, "Entry": 0, "Plot": 1, "Scale": 3, "Analysis": 1, "Sampler": 1}
"""Calls that take a label, which may be a single word, and at which place."""

_NAMING = frozenset(("Parameter", "_real", "_text", "_whole"))
"""Calls whose first text names a parameter, with underscores for spaces."""

_OTHERS = (
    "across", "all", "band", "chat", "compatibility", "constant", "context", "cosine", "distance",
    "effect", "embedding", "empty", "entropy", "epsilon as a rule", "flatter", "greedy", "heads",
    "largest", "logit", "map", "maps", "min-p as a rule", "missing", "model", "none", "out",
    "pairs", "position", "random", "rank", "raw", "reference", "removed", "sharper", "skew",
    "stream", "sum", "surprisal", "taken", "target", "texts", "tokens", "top-a as a rule",
    "undefined", "weight", "within",
    "{depth}  {token}  p = {probability}", "{depth}  {token}  rank {rank}",
    "attention {layer}", "only {n} relabellings differ", "{site} undefined", "“{text}”",
)  # fmt: skip
"""Single words that are shown, and what is put together without an f-string."""

_PROGRAM = re.compile(
    "|".join(
        (
            r"Callable.*|[\w.]+\[.*\]|[\w.]+(\[\w+\])?( \| [\w.\[\], ]+)+",  # types
            r"[\w{}/.-]+\.(json|npy|gguf|safetensors|part)|models--.*|sha256:.*|cuda:.*|www.*",
            r"\S*\\.*|python -m .*|laminoscope .*|trial .*|model \{\w+\}|parent watch|# .*",
            r"limit in bytes|\"columns\"[^:]*:.*|\| column .*|\w+_\{\w+\}",
            r"(branch|category|interval|mean|points?|run|stage|words) ?[\w.{}]*( branch .*)?",
            r"\{\w+\}[ _.](band|change|curve|dots|output|points|raw|reason|selected|used|whole).*",
            r".*(Could not find|Errno|No space left|allocate|float\(|memory$|pip$).*",
            r"keep: [pl] .*",  # rules
            r"Be brief\.|The next word is .*|The quick brown fox.*",  # what models are given
        )
    ),
    re.DOTALL,
)
"""Texts for programs: types, names of files, marks and threads, what other programs say."""

_FORMATTERS = frozenset(
    (
        "abs", "argmax", "argmin", "first_line", "float", "gigabytes", "in_words", "int", "join",
        "len", "letter", "list", "map", "max", "min", "next", "number", "probability", "repr",
        "round", "set", "shown", "sorted", "str", "sum", "tuple", "two_places", "visible_text",
        "_short",
    )
)  # fmt: skip
"""Functions that only write what they are given."""

_METHODS = frozenset(("capitalize", "lower", "partition", "removesuffix", "replace", "upper"))
"""Methods that only write otherwise what they are called on."""


def core_texts(folder: Path) -> set[str]:
    """Return the templates of all texts of core that a window may show.

    Parameters
    ----------
    folder : Path
        The package of core.
    """
    found: set[str] = set(_OTHERS)
    for file in sorted(folder.rglob("*.py")):
        name = file.relative_to(folder).as_posix()
        tree = ast.parse(file.read_text(encoding="utf-8"))
        unseen = name.startswith(_UNSEEN_FILES)
        texts = set(_given_to("report", tree) if unseen else _texts(tree))
        if name.startswith(_STAGES):
            texts = set(map(_without_sampler, texts))
        if name in _CHECKING:
            texts |= set(_given_to("ValueError", tree))
        found |= {text for text in map(trimmed, texts) if _is_seen(text)}
        if not unseen:
            found |= set(_labels(tree))
    return found


def trimmed(text: str) -> str:
    """Return a text without what joins it to others."""
    text = text.strip(" \n,;·")
    whole = text.startswith("(") and text.endswith(")") and text.count("(") == 1
    return (text[1:-1] if whole else text).removesuffix(":")


def _doubled(text: str) -> str:
    """Return a literal in which braces stand for themselves."""
    return text.replace("{", "{{").replace("}", "}}")


def _without_sampler(text: str) -> str:
    """Return why a sampler did something, without its name, as it is shown."""
    return re.sub(r"^([a-z_0-9]+|\{name\}): ", "", text)


def _is_seen(text: str) -> bool:
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"\{\w*\}", "", text))
    several = " " in text or "\n" in text
    return bool(words) and several and not _PROGRAM.fullmatch(text)


def _given_to(called: str, tree: ast.AST) -> Iterator[str]:
    """Yield the templates that are given to a function, wherever they stand."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _called(node) == called:
            for given in node.args:
                yield from _texts(given)


def _labels(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            label = [each.value for each in node.keywords if each.arg == "label"]
            for given in (*_label_place(node), *label):
                yield from filter(str.strip, _words_of(given))
            if node.func.id in _NAMING:
                names = (text.replace("_", " ") for text in _words_of(node.args[0]))
                yield from (name for name in names if len(name) > 1)


def _label_place(node: ast.Call) -> list[ast.expr]:
    """Return what stands, or may stand, at the place of a call's label.

    Behind an unpacked argument that is any place: nobody knows how many the unpacked ones take.
    """
    at = _LABELS.get(_called(node))
    if at is None:
        return []
    before = [isinstance(each, ast.Starred) for each in node.args[:at]]
    return node.args[before.index(True) + 1 :] if True in before else node.args[at : at + 1]


def _words_of(node: ast.expr) -> Iterator[str]:
    """Yield a literal as it stands, or both of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_words_of(node.body), *_words_of(node.orelse))


def _texts(node: ast.AST) -> Iterator[str]:
    """Yield the literals and templates below a node, but what nobody sees."""
    match node:
        case ast.Expr(value=ast.Constant() | ast.JoinedStr()):  # a docstring
            return
        case ast.Call() if _called(node) in _UNSEEN_CALLS:
            return
        case ast.Call(args=[_, ast.Constant(), *_]) if _called(node) == "how_many":
            yield from _counted(node, {})
            return
        case ast.keyword(arg=name) if name in _UNSEEN_KEYWORDS:
            return
        case ast.Compare():
            return
        case ast.Subscript(value=inside):
            yield from _texts(inside)
            return
        case ast.Call(args=[_, *meanings]) if _called(node) == "Column":  # the label is for files
            for each in meanings[:1]:
                yield from _texts(each)
            return
        case ast.Constant(value=str(text)):
            yield re.sub(r"\{\{:?,?\}\}", "{n}", _doubled(text))
            return
        case ast.JoinedStr(values=values):
            yield from _alternatives(node)
            for value in values:
                if isinstance(value, ast.FormattedValue) and not _is_choice(value.value):
                    yield from _texts(value.value)
            return
        case ast.Dict(values=values):
            for each in values:
                yield from _texts(each)
            return
    for child in ast.iter_child_nodes(node):
        yield from _texts(child)


def _called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _is_choice(node: ast.expr) -> bool:
    """Return whether a place holds one of two literals, or a number of things."""
    if isinstance(node, ast.IfExp):
        return all(isinstance(n, ast.Constant | ast.JoinedStr) for n in (node.body, node.orelse))
    return isinstance(node, ast.Call) and _called(node) == "how_many"


def _alternatives(node: ast.JoinedStr) -> Iterator[str]:
    used: dict[str, int] = {}
    for parts in product(*(_pieces(value, used) for value in node.values)):
        yield "".join(parts)


def _pieces(node: ast.expr, used: dict[str, int]) -> list[str]:
    """Return what may stand at a piece of an f-string."""
    if isinstance(node, ast.Constant):
        return [_doubled(str(node.value))]
    assert isinstance(node, ast.FormattedValue)
    inside = node.value
    if not _is_choice(inside):
        return [_place(inside, used)]
    if isinstance(inside, ast.IfExp):
        ways = (inside.body, inside.orelse)
        return [
            text
            for way in ways
            for text in (
                _alternatives(way) if isinstance(way, ast.JoinedStr) else _pieces(way, used)
            )
        ]
    assert isinstance(inside, ast.Call)
    return _counted(inside, used)


def _counted(node: ast.Call, used: dict[str, int]) -> list[str]:
    """Return what `how_many` gives, for one and for many."""
    number, one, *many = node.args
    names = [ast.literal_eval(one), *map(ast.literal_eval, many)]
    names = names if many else [*names, f"{names[0]}s"]
    place = _place(number, used)
    return [f"{place} {name}" for name in names]


def _place(node: ast.expr, used: dict[str, int]) -> str:
    """Return a place named for what it holds, by a name that the template has only once."""
    name = _name(node).lower().strip("_") or "x"
    used[name] = used.get(name, 0) + 1
    return f"{{{name}}}" if used[name] == 1 else f"{{{name}{used[name]}}}"


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Subscript(value=inside) | ast.Starred(value=inside):
            return _name(inside)
        case ast.GeneratorExp(elt=inside) | ast.ListComp(elt=inside) | ast.IfExp(body=inside):
            return _name(inside)
        case ast.BinOp(left=ast.Constant(), right=inside) | ast.BinOp(left=inside):
            return _name(inside)
        case ast.BoolOp(values=[first, *_]):
            return _name(first)
        case ast.JoinedStr(values=values):
            places = [value.value for value in values if isinstance(value, ast.FormattedValue)]
            return _name(places[0]) if places else ""
        case ast.Call(func=ast.Attribute(attr=method, value=inside)) if method in _METHODS:
            return _name(inside)
        case ast.Call(args=[*_, last]) if _called(node) in _FORMATTERS:
            return _name(last if _called(node) == "map" else node.args[0])
        case ast.Call():
            return _called(node)
    return ""
