"""The window and its process under locales that write numbers in another way."""

import os
import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QStyledItemDelegate, QToolTip

from laminoscope_widgets.integer_box import IntegerBox
from laminoscope_widgets.number_boxes import NumberBox, WholeBox


@pytest.fixture(params=["de_DE", "fr_FR", "ar_EG"])
def foreign(request, qapp):
    """The user's locale; to be asked for before the window."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield
    QLocale.setDefault(before)
    QToolTip.hideText()


def test_every_field_for_numbers_is_one_of_ours(foreign, furnished):
    boxes = furnished.findChildren(QAbstractSpinBox)
    assert len(boxes) >= 10
    for box in boxes:
        assert isinstance(box, (NumberBox, WholeBox, IntegerBox)), box.accessibleName()


def test_every_spin_box_shows_and_reads_with_a_point(foreign, furnished, qtbot):
    from laminoscope.export_dialog import ExportDialog

    dialog = ExportDialog(furnished.exporting.drawings, None, {}, {}, set(), {}, furnished)
    boxes = [*furnished.findChildren(NumberBox), *dialog.findChildren(NumberBox)]
    assert len(boxes) >= 2
    for box in boxes:
        before, keys = box.value(), "0,5" if box.minimum() < 0.5 else "30,5"
        box.lineEdit().selectAll()
        qtbot.keyClicks(box, keys)
        qtbot.keyClick(box, Qt.Key.Key_Tab)
        assert box.value() == float(keys.replace(",", "."))
        assert "," not in box.text()
        box.setValue(before)
    dialog.close()


def test_lists_and_tables_show_numbers_with_a_point(foreign, furnished):
    shown = QStyledItemDelegate().displayText
    for panel in furnished.panels.values():
        assert shown(1234.5, panel.locale()) == "1234.5"
        assert shown(49152, panel.locale()) == "49152"


def _process(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


_NUMERIC = (
    "from laminoscope.main import create_application\n"
    "import locale, ctypes\n"
    "app = create_application()\n"
    "strtod = ctypes.CDLL(None).strtod\n"
    "strtod.restype, strtod.argtypes = ctypes.c_double, [ctypes.c_char_p, ctypes.c_void_p]\n"
    "from PySide6.QtCore import QLocale\n"
    "print(locale.setlocale(locale.LC_NUMERIC), strtod(b'0.5', None), f'{1234.5:n}',\n"
    "      QLocale().toString(0.5), locale.setlocale(locale.LC_CTYPE))\n"
)


@pytest.mark.skipif(sys.platform != "linux", reason="names of locales")
def test_the_process_reads_numbers_as_c_does():
    result = _process(_NUMERIC, LC_ALL="C.utf8")
    assert result.returncode == 0, result.stderr
    assert result.stdout.split() == ["C", "0.5", "1234.5", "0.5", "C.utf8"]


@pytest.mark.skipif(not shutil.which("localedef"), reason="no localedef")
def test_the_process_reads_numbers_as_c_does_under_a_comma_locale(tmp_path):
    folder = tmp_path / "de_DE.UTF-8"
    made = subprocess.run(
        ["localedef", "-i", "de_DE", "-f", "UTF-8", folder], capture_output=True, text=True
    )
    if not folder.is_dir():
        pytest.skip(f"the German locale cannot be made here: {made.stderr}")
    german = {"LOCPATH": str(tmp_path), "LC_ALL": "de_DE.UTF-8"}
    plain = "import locale; locale.setlocale(locale.LC_ALL, ''); print(f'{1234.5:n}')"
    assert "," in _process(plain, **german).stdout
    result = _process(_NUMERIC, **german)
    assert result.stdout.split() == ["C", "0.5", "1234.5", "0.5", "de_DE.UTF-8"], result.stderr
