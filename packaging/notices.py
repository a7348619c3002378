"""Write what a package must say of licences: ours, and that of every library in it.

Run by the Python whose libraries are packed: ``notices.py LICENCE FILE [NAME …]``, where the names
are those of libraries that are installed there and not packed.
"""

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

_LICENCES = ("LICENSE", "LICENCE", "COPYING", "NOTICE")
_RULE = "\n" + "=" * 78 + "\n"


def notice(library: Distribution) -> str:
    """Return what a library says of its licence, and the licence itself where it has it."""
    about = library.metadata
    licence = about.get("License-Expression") or about.get("License") or ""
    if not licence or "\n" in licence:  # none, or all of it
        classifiers = about.get_all("Classifier") or []
        ends = (each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License"))
        licence = ", ".join(ends)
    home = about.get("Home-page") or next(iter(about.get_all("Project-URL") or []), "")
    files = [file for file in library.files or [] if file.name.upper().startswith(_LICENCES)]
    texts = (
        path.read_text(encoding="utf-8", errors="replace").strip()
        for file in files
        if (path := Path(str(file.locate()))).is_file()
    )
    head = f"{about['Name']} {library.version}\n{home}\nLicence: {licence or 'as below'}"
    return "\n\n".join((head, *texts))


def main(licence: str, out: str, *left_out: str) -> None:
    """Write the file."""
    libraries = {each.metadata["Name"].lower(): each for each in distributions()}
    packed = [libraries[name] for name in sorted(libraries.keys() - set(left_out))]
    ours = Path(licence).read_text(encoding="utf-8").strip()
    says = "Laminoscope contains the following libraries, each under its own licence."
    texts = (f"Laminoscope\n\n{ours}", says, *map(notice, packed))
    Path(out).write_text(_RULE.join(texts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
