#!/usr/bin/env bash
# Prints a hash of what the packages depend on, so that they are built and tried again only where that
# has changed: this folder, pyproject.toml, what knows of packaged programs and of processes of its
# own, which kinds of resources there are, and which libraries the sources import.  What the sources compute is
# the tests' affair.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
{
    cat pyproject.toml packaging/{build_linux,test_linux}.sh packaging/{constraints.txt,laminoscope.spec} \
        packaging/{start,notices,fetch_default_model}.py packaging/linux/* \
        app/laminoscope/__main__.py app/laminoscope/selftest/*.py \
        core/laminoscope_core/{aside,paths}.py resources/laminoscope_resources/__init__.py \
        core/laminoscope_core/models/{apart,apart_child,child,convert,fetch,imports,trial}.py
    find resources/laminoscope_resources -name __pycache__ -prune -o -type f -print |
        sed 's|[^/]*\.|*.|' | sort -u
    grep -rhoE '^ *(from [A-Za-z_][A-Za-z_.0-9]* import|import [A-Za-z_][A-Za-z_.0-9]*)' --include='*.py' \
        app core widgets resources | sed -E 's/^ *(from|import) +([A-Za-z_0-9]*).*/\2/' | sort -u
} | sha256sum | cut -d ' ' -f 1
