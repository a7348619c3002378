"""Arrays and long lists of texts in an archive, under the checksum of their content.

What two results share is stored once and shared again after reading.  Small arrays stand in the
JSON that refers to them.  Only plain little-endian numbers are read: nothing that could hold a
Python object.
"""

import base64
import binascii
import hashlib
import io
import json
import math
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from laminoscope_core.errors import SessionError
from laminoscope_core.session.archive import Archive, ArchiveWriter
from laminoscope_core.session.text import load_json

__all__ = ["LONG_LIST", "ArrayReader", "ArrayWriter"]

LONG_LIST = 1000
"""Lists of more texts than this are members of their own."""

_SMALL = 1024
_LARGEST_INLINE = 2**20  # what a migration adds to an old file cannot be a member of it
_PIECE = 2**20
_MAX_AXES = 8
_DTYPES = ("|b1", "|i1", "|u1", "<i2", "<i4", "<i8", "<u2", "<u4", "<u8", "<f4", "<f8")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_HEADER_BYTES = 4096


class ArrayWriter:
    """Puts arrays and long lists into an archive, each content once."""

    def __init__(self, archive: ArchiveWriter) -> None:
        self._archive = archive
        self._digests: dict[int, tuple[NDArray[Any], str]] = {}

    def add(self, array: NDArray[Any]) -> dict[str, Any]:
        """Store an array and return what refers to it.

        Raises
        ------
        SessionError
            It holds something else than plain numbers.
        """
        plain = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
        if plain.dtype.str not in _DTYPES or plain.ndim > _MAX_AXES:
            raise SessionError(f"Arrays of {array.dtype} cannot be kept in a session.")
        shape = list(plain.shape)
        if plain.nbytes <= _SMALL:
            data = base64.b64encode(plain.tobytes()).decode("ascii")
            return {"dtype": plain.dtype.str, "shape": shape, "base64": data}
        known = self._digests.get(id(array))
        digest = known[1] if known is not None else self._store(plain)
        self._digests[id(array)] = array, digest  # keeps the array, and so its id, alive
        return {"dtype": plain.dtype.str, "shape": shape, "sha256": digest}

    def add_texts(self, texts: tuple[str, ...]) -> dict[str, Any]:
        """Store a long list of texts and return what refers to it."""
        content = json.dumps(texts, separators=(",", ":")).encode("ascii")
        digest = hashlib.sha256(content).hexdigest()
        if f"lists/{digest}.json" not in self._archive:
            self._archive.add_text(f"lists/{digest}.json", content)
        return {"sha256": digest, "length": len(texts)}

    def _store(self, array: NDArray[Any]) -> str:
        header = io.BytesIO()
        np.lib.format.write_array_header_1_0(
            header, np.lib.format.header_data_from_array_1_0(array)
        )

        def pieces() -> Iterator[memoryview]:
            yield memoryview(header.getvalue())
            whole = array.reshape(-1).view(np.uint8).data
            for start in range(0, len(whole), _PIECE):
                yield whole[start : start + _PIECE]

        digest = hashlib.sha256()
        for piece in pieces():
            digest.update(piece)
        name = f"arrays/{digest.hexdigest()}.npy"
        if name not in self._archive:
            self._archive.add_pieces(name, header.tell() + array.nbytes, pieces)
        return digest.hexdigest()


class ArrayReader:
    """Reads what `ArrayWriter` wrote; the same content is the same object."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._arrays: dict[str, NDArray[Any]] = {}
        self._texts: dict[str, tuple[str, ...]] = {}

    def array(self, reference: Any, where: str) -> NDArray[Any]:
        """Return an array.

        Raises
        ------
        SessionError
            Not a reference to an array of numbers of that shape.
        """
        dtype, shape = _announced(reference, where)
        if "base64" in reference:
            try:
                content = base64.b64decode(reference["base64"], validate=True)
            except (TypeError, ValueError, binascii.Error):
                raise SessionError(f"{where} is not an array.") from None
            if len(content) != dtype.itemsize * math.prod(shape) or len(content) > _LARGEST_INLINE:
                raise SessionError(f"{where} does not have the shape {shape}.")
            return np.ndarray(shape, dtype, content).copy()
        digest = _digest(reference, where)
        if digest not in self._arrays:
            self._arrays[digest] = self._read(f"arrays/{digest}.npy", dtype, shape, where)
        found = self._arrays[digest]
        if found.dtype != dtype or found.shape != shape:
            raise SessionError(f"{where} is not the array that it refers to.")
        return found

    def texts(self, reference: Any, where: str) -> tuple[str, ...]:
        """Return a long list of texts.

        Raises
        ------
        SessionError
            Not a reference to a list of texts of that length.
        """
        digest = _digest(reference, where)
        if digest not in self._texts:
            values = load_json(self._archive.read(f"lists/{digest}.json"), where)
            if not isinstance(values, list) or not all(isinstance(text, str) for text in values):
                raise SessionError(f"{where} is not a list of texts.")
            self._texts[digest] = tuple(values)
        found = self._texts[digest]
        if reference.get("length") != len(found):
            raise SessionError(f"{where} does not have the length that it says.")
        return found

    def _read(
        self, name: str, dtype: np.dtype[Any], shape: tuple[int, ...], where: str
    ) -> NDArray[Any]:
        n_bytes = dtype.itemsize * math.prod(shape)
        size = self._archive.size(name)
        if not 0 < size - n_bytes <= _HEADER_BYTES:
            raise SessionError(f"{where} does not have the shape {shape}.")
        try:
            content = np.empty(size, np.uint8)
        except MemoryError:
            raise SessionError(f"There is not enough memory for {where} ({size} bytes).") from None
        self._archive.read_into(name, content.data)
        header = io.BytesIO(content[: size - n_bytes].tobytes())
        if _header(header) != (shape, dtype) or header.read(1):
            raise SessionError(f"{where} is not the array that it says.")
        return content[size - n_bytes :].view(dtype).reshape(shape)


def _announced(reference: Any, where: str) -> tuple[np.dtype[Any], tuple[int, ...]]:
    if not isinstance(reference, dict) or reference.get("dtype") not in _DTYPES:
        raise SessionError(f"{where} is not an array of plain numbers.")
    shape = reference.get("shape")
    if (
        not isinstance(shape, list)
        or len(shape) > _MAX_AXES
        or not all(type(n) is int and 0 <= n < 2**40 for n in shape)
    ):
        raise SessionError(f"{where} has no valid shape.")
    return np.dtype(reference["dtype"]), tuple(shape)


def _digest(reference: Any, where: str) -> str:
    digest = reference.get("sha256") if isinstance(reference, dict) else None
    if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
        raise SessionError(f"{where} refers to nothing.")
    return digest


def _header(file: io.BytesIO) -> tuple[tuple[int, ...], np.dtype[Any]] | None:
    """Return what an NPY header announces; None if it is not one of ours."""
    try:
        if np.lib.format.read_magic(file) != (1, 0):
            return None
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(file, _HEADER_BYTES)
    except Exception:  # whatever a literal that is not a header makes of Python's parser
        return None
    return None if fortran else (shape, dtype)
