"""What was copied does not end the program by a fault when the program ends."""

import os
import subprocess
import sys

import pytest

COPYING = """
import sys
from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from laminoscope.clipboard import hand_over_clipboard

app, copied = QApplication([]), QMimeData()
if "image" in sys.argv:
    copied.setImageData(QImage(3, 2, QImage.Format.Format_RGB32))
if "text" in sys.argv:
    copied.setText("moon")
copied.setData("image/svg+xml", QByteArray(b"<svg/>"))
app.clipboard().setMimeData(copied)
del copied
hand_over_clipboard()
left = app.clipboard().mimeData()
print(left and (left.text(), left.imageData() and left.imageData().width()))
"""


@pytest.mark.parametrize(
    ("kind", "left"), [("image", "('', 3)"), ("text", "('moon', None)"), ("", "None")]
)
def test_a_program_that_has_copied_something_ends_well_and_leaves_it(kind, left):
    path = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", COPYING, kind], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip("\n") == left
