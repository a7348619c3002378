"""The models of a sweep held against each other, from the similarities that its cells keep."""

from collections.abc import Sequence
from os import SEEK_CUR
from pathlib import Path
from struct import unpack
from typing import Any, Literal
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.analysis import similarity
from laminoscope_core.analysis.across_models import (
    EMBEDDING,
    ComparedModel,
    Params,
    Result,
)
from laminoscope_core.analysis.model_scores import mean_over_carriers, scored
from laminoscope_core.analysis.word_pairs import word_pairs
from laminoscope_core.job import Job

__all__ = ["SIMILARITIES", "compared_models"]

SIMILARITIES = "rsa/similarity.npz"


def compared_models(models: Sequence[tuple[str, Path]], job: Job | None = None) -> Result:
    """Compare the similarity matrices of models, as `analysis.rsa_models` does in one run.

    Parameters
    ----------
    models : sequence of (str, Path)
        The name of each and the folder of its run; all read the same words.
    job : Job, optional

    Returns
    -------
    across_models.Result
        Whose first model is the first of these; matrices stay in their files, which are mapped.
    """
    job, params = job or Job(), Params()
    loaded = [_Matrices(folder / SIMILARITIES) for _, folder in models]
    first = loaded[0]
    sites = tuple(site for site in first.sites if all(site in each.sites for each in loaded))
    pairs = word_pairs(first.categories)
    found = []
    for at, part in enumerate(job.parts(len(first.carriers))):
        of_models = [{site: each.at(site, at) for site in sites} for each in loaded]
        found.append(scored(of_models, pairs, params.correlation, part))
    mean = mean_over_carriers(found, pairs, params.correlation, job) if len(found) > 1 else None
    return Result(
        params=params,
        measure=similarity.Params().measure,
        layers=tuple(range(first.n_layers)),
        words=first.words,
        categories=first.categories,
        sites=sites,
        models=tuple(
            ComparedModel(model, model, each.n_layers, ())
            for (model, _), each in zip(models, loaded, strict=True)
        ),
        unread=(),
        of_carriers=tuple(found),
        mean=mean,
    )


class _Matrices:
    """The similarity matrices that a run has written, read as they are used."""

    def __init__(self, path: Path) -> None:
        self._arrays = _mapped(path)
        self.words, self.categories, self.carriers = (
            tuple(self._arrays[name].tolist()) for name in ("words", "categories", "carriers")
        )
        self.sites = tuple(
            name.removesuffix("_reason") for name in self._arrays if name.endswith("_reason")
        )
        of_layers = next(site for site in self.sites if site != EMBEDDING)
        self.n_layers = self._of(f"{of_layers}_reason", 0).size

    def at(self, site: str, carrier: int) -> similarity.Result:
        """Return those of a site in a carrier sentence; of the embedding, those of one layer."""
        stop = 1 if site == EMBEDDING else self.n_layers
        reasons = self._of(f"{site}_reason", carrier)[:stop].tolist()
        return similarity.Result(
            similarity.Params(),
            self.carriers[carrier],
            tuple(range(stop)),
            self.words,
            self.categories,
            (site,),
            {site: self._of(site, carrier)[:stop]},
            {site: tuple(reasons)},
        )

    def _of(self, name: str, carrier: int) -> NDArray[Any]:
        array = self._arrays[name]
        return array if len(self.carriers) == 1 else array[carrier]


def _mapped(path: Path) -> dict[str, NDArray[Any]]:
    """Return the arrays of an NPZ file of ours, mapped: with many words they are gigabytes.

    Its members are stored as they are, so that each lies in the file in one piece.
    """
    found: dict[str, NDArray[Any]] = {}
    with ZipFile(path) as archive, path.open("rb") as file:
        for member in archive.infolist():
            file.seek(member.header_offset)
            # the lengths of name and extra field stand at the end of the local header
            _, n_name, n_extra = unpack("<26sHH", file.read(30))
            file.seek(n_name + n_extra, SEEK_CUR)
            np.lib.format.read_magic(file)
            shape, by_column, dtype = np.lib.format.read_array_header_1_0(file)
            order: Literal["F", "C"] = "F" if by_column else "C"
            found[member.filename.removesuffix(".npy")] = np.memmap(
                path, dtype=dtype, mode="r", offset=file.tell(), shape=shape, order=order
            )
    return found
