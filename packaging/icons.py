"""Write the program's icon as Windows and macOS want it: build/laminoscope.ico and .icns."""

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parents[1]
DRAWING = ROOT / "resources/laminoscope_resources/icons/laminoscope.png"

if __name__ == "__main__":
    build = ROOT / "build"
    build.mkdir(exist_ok=True)
    with Image.open(DRAWING) as drawing:
        drawing.save(build / "laminoscope.ico", sizes=[(n, n) for n in (16, 24, 32, 48, 64, 256)])
        drawing.save(build / "laminoscope.icns")
