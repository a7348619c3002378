"""``laminoscope`` and ``python -m laminoscope``: the command line, told apart from its start."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; an interrupt while its libraries are imported is said as any other."""
    try:
        from laminoscope.cli import main as run
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("\nlaminoscope: cancelled\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
