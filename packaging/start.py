"""What a packaged program runs: the command line, or one of its helper processes."""

from multiprocessing import freeze_support

from laminoscope.__main__ import main

if __name__ == "__main__":
    freeze_support()
    main()
