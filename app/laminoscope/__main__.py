"""``laminoscope`` and ``python -m laminoscope``: the command line, told apart from its start."""

import sys
from importlib import import_module

__all__ = ["main"]


def main() -> None:
    """Run the command line; an interrupt while its libraries are imported is said as any other.

    A packaged program is its own Python: ``-m MODULE`` then runs one of core's helper processes.
    """
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["-m"]:
        from laminoscope_core.models.child import CHILD_MODULES

        if sys.argv[2] in CHILD_MODULES:
            sys.exit(import_module(sys.argv[2]).main(sys.argv[3:]))
    try:
        from laminoscope.cli import main as run
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("\nlaminoscope: cancelled\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
