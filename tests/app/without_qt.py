"""The command line where Qt cannot be imported, as a script with its arguments."""

import sys

if __name__ == "__main__":
    sys.modules.update(dict.fromkeys(("PySide6", "shiboken6", "pyqtgraph")))
    from laminoscope.cli import main

    main(sys.argv[1:])
