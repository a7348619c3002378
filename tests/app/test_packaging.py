"""What packages say of the program agrees with it, and scripts run where they can."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest

from laminoscope.cli import app
from laminoscope.session_io import SUFFIX
from laminoscope_core.models.child import CHILD_MODULES

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "packaging/linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.fixture
def desktop():
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(LINUX / "laminoscope.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_man_page_has_every_command():
    page = (LINUX / "laminoscope.1").read_text(encoding="utf-8").replace("\\-", "-")
    heads = re.findall(r"^\.BI? \"?(-{0,2}\w+)", page, re.MULTILINE)
    commands = {name for name in app if not name.startswith("-") or name == "--selftest"}
    assert commands | {"--version"} <= set(heads)


def test_sessions_are_of_the_kind_that_the_program_opens(desktop):
    kind = ElementTree.parse(LINUX / "laminoscope.xml").find(f"{MIME}mime-type")
    assert kind.find(f"{MIME}glob").get("pattern") == f"*{SUFFIX}"
    assert desktop["MimeType"] == f"{kind.get('type')};"
    about = ElementTree.parse(LINUX / "org.laminoscope.Laminoscope.metainfo.xml")
    assert about.findtext("provides/mediatype") == kind.get("type")
    assert about.findtext("launchable") == "laminoscope.desktop"
    assert desktop["Exec"] == "laminoscope %f"
    windows = (ROOT / "packaging/windows/laminoscope.nsi").read_text(encoding="ascii")
    assert rf"${{CLASSES}}\{SUFFIX}" in windows
    spec = (ROOT / "packaging/laminoscope.spec").read_text(encoding="utf-8")
    assert f'"CFBundleTypeExtensions": ["{SUFFIX[1:]}"]' in spec


@pytest.fixture
def home(tmp_path):
    """A home folder, and beside it what a self-extracting file unpacks."""
    content = tmp_path / "content"
    plugins = content / "laminoscope/_internal/PySide6/Qt/plugins/platforms"
    plugins.mkdir(parents=True)
    (content / "laminoscope/laminoscope").write_text("#!/bin/sh\n")
    share = content / "share"
    (share / "applications").mkdir(parents=True)
    shutil.copy(LINUX / "laminoscope.desktop", share / "applications")
    (share / "mime/packages").mkdir(parents=True)
    shutil.copy(LINUX / "laminoscope.xml", share / "mime/packages")
    for name in ("install.sh", "uninstall"):
        shutil.copy(LINUX / name, content)
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def run(home, *command):
    env = {"HOME": str(home), "PATH": os.environ["PATH"]}
    content = home.parent / "content"
    return subprocess.run(command, cwd=content, env=env, capture_output=True, text=True)


def files_below(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.skipif(os.name != "posix", reason="a script of the shell")
def test_a_user_installs_again_and_uninstalls_and_nothing_is_left(home):
    (home / ".local/share/applications").mkdir(parents=True)
    (home / ".local/share/applications/other.desktop").write_text("[Desktop Entry]\n")
    before = files_below(home)
    for _ in range(2):
        done = run(home, "sh", "install.sh")
        assert done.returncode == 0, done.stderr
        program = home / ".local/lib/laminoscope/laminoscope"
        assert (home / ".local/bin/laminoscope").resolve() == program
        entry = (home / ".local/share/applications/laminoscope.desktop").read_text()
        assert f'Exec="{program}" %f\n' in entry
        shutil.copytree(home / ".local/lib/laminoscope", home.parent / "content/laminoscope")
    done = run(home, str(home / ".local/lib/laminoscope/uninstall"))
    assert done.returncode == 0, done.stderr
    assert [name for name in files_below(home) if "mimeinfo.cache" not in name] == before


@pytest.mark.skipif(os.name != "posix", reason="a script of the shell")
def test_what_packages_depend_on_has_one_number(tmp_path):
    script = ROOT / "packaging/what_counts.sh"
    first, second = (run_plain(script) for _ in range(2))
    assert first == second
    assert re.fullmatch("[0-9a-f]{64}\n", first)


def run_plain(script):
    return subprocess.run([script], capture_output=True, text=True, check=True).stdout


def test_a_packaged_program_is_its_helper_processes_too(monkeypatch):
    from laminoscope import __main__ as program

    given = []
    helper = SimpleNamespace(main=lambda arguments: given.append(arguments) or 3)
    monkeypatch.setattr(program, "import_module", lambda name: given.append(name) or helper)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "argv", ["laminoscope", "-m", CHILD_MODULES[0], "a", "b"])
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert (ended.value.code, given) == (3, [CHILD_MODULES[0], ["a", "b"]])
    monkeypatch.setattr(sys, "argv", ["laminoscope", "-m", "antigravity"])
    with pytest.raises(SystemExit) as ended:
        program.main()
    assert ended.value.code == 64
    assert len(given) == 2
