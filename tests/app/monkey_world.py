"""The world that the monkey lives in: a folder, two tiny models, and an answer to every dialog.

Outside that folder nothing is written or deleted, and nothing is connected to: an audit hook
refuses it, and counts it as a fault.
"""

import os
import shutil
import sys
import tempfile
import zlib
from dataclasses import replace
from itertools import count
from pathlib import Path

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_CHANGES = ("os.remove", "os.rename", "os.rmdir", "os.mkdir", "shutil.rmtree", "os.truncate")
_DEVICES = ("/dev/null", "/dev/shm", "/dev/tty", "/proc/self")

TEXTS = (
    "", " ", "moon", "Hello, world", "Zürich", "漢字", "שלום", "👩‍🚀🌙", "a\ud800b", "a\tb\nc",
    "\x00\x01\x1b[31m", "<img src=x>", "<b>bold</b> &amp; <", "$x^2$ and $\\frac", "%s {0} {word}",
    "{word}", "1,5", "1.5", "1e400", "-1", "0", "NaN", "inf", "9" * 21, "0.0000001", "½", "'\"",
    "\u202eevil\u2028", "\uffff", "owner/name", "../../etc/passwd", "smollm2-135m", "C:\\x",
    "space: sun, moon\nfruit: pear, plum", "word\tcategory\nsun\tspace\npear\tfruit\n", "x" * 2000,
    "The moon rises over the harbour. ", "e\u0301\u0323" * 9, "word,category\nsun,space\n,\n\"",
)  # fmt: skip
"""What is typed, pasted and answered."""


def settle_in(folder: Path) -> None:
    """Let all that remembers something do so in a folder; before Qt and the libraries start."""
    home = {"HOME": "home", "XDG_CACHE_HOME": "home/cache", "XDG_CONFIG_HOME": "home/config"}
    home |= {"XDG_DATA_HOME": "home/data", "XDG_STATE_HOME": "home/state", "TMPDIR": "tmp"}
    ours = {"SETTINGS": "settings", "STATE": "state", "CACHE": "cache"}
    home |= {f"LAMINOSCOPE_{name}": place for name, place in ours.items()}
    home |= {"HF_HOME": "hub", "HF_HUB_CACHE": "hub/hub"}
    for name, place in home.items():
        (folder / place).mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(folder / place)
    os.environ |= {"HF_HUB_OFFLINE": "1", "QT_QPA_PLATFORM": "offscreen"}
    tempfile.tempdir = str(folder / "tmp")


def forbid_the_rest(folder: Path, tell) -> None:
    """Refuse what would change anything outside a folder, and connections."""
    inside = (str(folder), os.path.realpath(folder), *_DEVICES)

    def watch(event, args):
        if event == "open":
            path, _, flags = args
            changes = isinstance(flags, int) and flags & _WRITES
        elif event == "socket.connect":
            path, changes = f"the network at {args[1]}", not isinstance(args[1], (str, bytes))
        else:
            path, changes = args[0] if args else "", event in _CHANGES
        beside = "dir_fd" if event in _CHANGES and args[-1] not in (-1, None) else ""
        if not changes or isinstance(path, int) or beside:
            return
        place = str(Path(os.fsdecode(path)).absolute())
        if not place.startswith(inside):
            tell(f"{event} reached {path}")
            raise PermissionError(f"The monkey may not touch {path}.")

    sys.addaudithook(watch)


class World:
    """Files to open, models that open at once, and answers to what dialogs ask.

    Attributes
    ----------
    files : list of Path
        What can be opened; sessions that the monkey saves are added.
    random : random.Random
        What answers are drawn from.
    """

    def __init__(self, folder: Path, random) -> None:
        self.folder = folder
        self.random = random
        self.saved = folder / "saved"
        self.saved.mkdir()
        self._openings = count()
        self._models = self._open_models()
        self.files = list(self._make_files())
        self._answer_dialogs()
        self._answer_openings()

    # ---- models

    def _open_models(self):
        import torch

        from laminoscope_core import wrap_model

        from .tiny import make_tiny_model

        torch.manual_seed(0)
        models = []
        for name, n_layers in (("one", 2), ("two", 3)):
            made = make_tiny_model(self.folder / name, n_layers=n_layers, context=2048)
            models.append(wrap_model(*made))
        cached = self.folder / "hub" / "hub" / "models--owner--name"
        shutil.copytree(self.folder / "one", cached / "snapshots" / "0123")
        (cached / "refs").mkdir()
        (cached / "refs" / "main").write_text("0123")
        return models

    def _answer_openings(self) -> None:
        from laminoscope_core.models import load, newest

        load.open_model, load.fetch_model = self._open, self._fetch
        newest.what_is_newest = self._newest

    def _newest(self, job):
        from laminoscope_core.errors import LaminoscopeError

        job.report(0.0, "Asking")
        if self.random.random() < 0.5:
            raise LaminoscopeError("There is no answer.", "Ask again.")
        return "Laminoscope 9.0 is there."

    def _open(self, source, device="auto", dtype="auto", *, job=None):
        """Return a tiny model under any name that could be one; others are not found."""
        self._fetch(source, job)
        model = self._models[zlib.crc32(source.encode(errors="replace")) % len(self._models)]
        info = replace(model.info, source=source, title=source[-40:])
        return replace(model, info=info)

    def _fetch(self, source, job=None):
        from laminoscope_core.errors import LaminoscopeError
        from laminoscope_core.models.catalog import catalog

        for step in range(4):
            if job is not None:
                job.report(step / 4, f"Reading {source}")
        known = source in catalog() or Path(source).name in ("one", "two")
        if not known or next(self._openings) % 7 == 6:
            raise LaminoscopeError(f"{source} cannot be opened today.", "Try another one.")

    # ---- files

    def _make_files(self):
        from laminoscope_resources import sample_experiment

        contents = {
            "words.csv": "word,category\nsun,space\nmoon,space\npear,fruit\nfig,fruit\n",
            "words.tsv": "word\tcategory\nsun\tspace\n\t\n",
            "plain.txt": "sun\nmoon\npear\n",
            "text.md": "# Über\n\nThe moon <b>rises</b> over $x$.\n" * 4,
            "chain.json": '{"samplers": []}',
            "damaged.json": '{"words": [1, 2',
            "damaged.toml": "[words\ncategories = 1",
            "other.toml": "[unknown]\na = 1\n",
            "damaged.laminoscope": "PK\x03\x04 not a session",
            "damaged.gguf": "GGUF\x03",
            "picture.png": "no picture",
            "empty.csv": "",
        }
        for sample in ("words-qkv", "text-adjustments", "continuation"):
            contents[f"{sample}.toml"] = sample_experiment(sample)
        place = self.folder / "files"
        place.mkdir()
        for name, content in contents.items():
            (place / name).write_text(content, encoding="utf-8")
            yield place / name
        (place / "bytes.csv").write_bytes(bytes(range(256)))
        yield from (place / "bytes.csv", place / "missing.toml", place, self.folder / "one")

    def file(self) -> Path:
        """Return a file to open, lately saved ones among them."""
        saved = sorted(path for path in self.saved.iterdir() if path.is_file())
        return self.random.choice(self.files + saved[-6:])

    # ---- dialogs

    def _answer_dialogs(self) -> None:
        from PySide6.QtWidgets import QFileDialog, QInputDialog

        QFileDialog.getOpenFileName = self._name_to_open
        QFileDialog.getSaveFileName = self._name_to_save
        QFileDialog.getExistingDirectory = self._folder
        QInputDialog.getText = self._text

    def _gives_up(self) -> bool:
        return self.random.random() < 0.2

    def _name_to_open(self, *_, **__):
        return ("", "") if self._gives_up() else (str(self.file()), "")

    def _name_to_save(self, _parent=None, _title="", start="", filters="", **_kept):
        if self._gives_up():
            return "", ""
        suffix = Path(start).suffix if self.random.random() < 0.8 else ""
        name = f"{self.random.choice(('a', 'b', 'ü 漢'))}{suffix}"
        place = self.saved if self.random.random() < 0.9 else self.folder / "nowhere"
        return str(place / name), self.random.choice(filters.split(";;"))

    def _folder(self, *_, **__):
        return (
            "" if self._gives_up() else str(self.random.choice((self.saved, self.folder / "one")))
        )

    def _text(self, *_, **__):
        return self.random.choice(TEXTS), not self._gives_up()
