"""Read the header of a GGUF file with bounds on everything, before any library sees it.

The header says how many entries follow, how long each string and array is, and where each
tensor lies.  All of it comes from a stranger and is held against the size of the file, so that
reading takes time proportional to the header, memory independent of it, and ends.
"""

import os
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from laminoscope_core.errors import ModelError
from laminoscope_core.models.reading import open_regular

__all__ = ["GgufHeader", "read_gguf_header"]

Scalar = int | float | bool | str

_STRING, _ARRAY = 8, 9
_SCALARS = {
    0: struct.Struct("<B"),
    1: struct.Struct("<b"),
    2: struct.Struct("<H"),
    3: struct.Struct("<h"),
    4: struct.Struct("<I"),
    5: struct.Struct("<i"),
    6: struct.Struct("<f"),
    7: struct.Struct("<?"),
    10: struct.Struct("<Q"),
    11: struct.Struct("<q"),
    12: struct.Struct("<d"),
}
_U32, _U64 = _SCALARS[4], _SCALARS[10]

# GGML tensor type -> values in a block, bytes of a block.
TENSOR_BLOCKS = {
    0: (1, 4),  # F32
    1: (1, 2),  # F16
    2: (32, 18),  # Q4_0
    3: (32, 20),  # Q4_1
    6: (32, 22),  # Q5_0
    7: (32, 24),  # Q5_1
    8: (32, 34),  # Q8_0
    9: (32, 40),  # Q8_1
    10: (256, 84),  # Q2_K
    11: (256, 110),  # Q3_K
    12: (256, 144),  # Q4_K
    13: (256, 176),  # Q5_K
    14: (256, 210),  # Q6_K
    15: (256, 292),  # Q8_K
    16: (256, 66),  # IQ2_XXS
    17: (256, 74),  # IQ2_XS
    18: (256, 98),  # IQ3_XXS
    19: (256, 50),  # IQ1_S
    20: (32, 18),  # IQ4_NL
    21: (256, 110),  # IQ3_S
    22: (256, 82),  # IQ2_S
    23: (256, 136),  # IQ4_XS
    24: (1, 1),  # I8
    25: (1, 2),  # I16
    26: (1, 4),  # I32
    27: (1, 8),  # I64
    28: (1, 8),  # F64
    29: (256, 56),  # IQ1_M
    30: (1, 2),  # BF16
    34: (256, 54),  # TQ1_0
    35: (256, 66),  # TQ2_0
    39: (32, 17),  # MXFP4
    40: (64, 36),  # NVFP4
    41: (128, 18),  # Q1_0
}

# Far above what any published model has, far below what hurts.
_MAX_ENTRIES = 1 << 16
_MAX_TENSORS = 1 << 18
_MAX_NAME = 1 << 10
_MAX_ELEMENTS = 1 << 23  # of all arrays together
_MAX_KEPT = 1 << 12  # bytes of a string that we keep
_MAX_DIMENSIONS = 4
_SAMPLING = "general.sampling."
_TOKENS = "tokenizer.ggml.tokens"
_SPECIAL = tuple(f"tokenizer.ggml.{name}_token_id" for name in ("bos", "eos", "unknown"))
_EPSILON = re.compile(r".+\.attention\.(layer|group)_norm(_rms)?_epsilon")
_KEPT = (
    *_SPECIAL,
    "general.architecture",
    "general.name",
    "general.type",
    "general.alignment",
    "split.no",
    "split.count",
)


@dataclass(frozen=True)
class GgufHeader:
    """What a GGUF file says of itself.

    Attributes
    ----------
    version : int
        2 or 3.
    architecture, name : str
        ``general.architecture`` and ``general.name``; the name may be empty.
    sampling : dict
        The publisher's advice, ``general.sampling.*`` without the prefix.
    n_tensors, n_parameters : int
        Tensors, and values in all of them.
    n_blocks : int or None
        Layers, as ``<architecture>.block_count`` says.
    tensors : mapping of str to int
        Values of each tensor.
    says_epsilon : bool
        Whether it says what is added to the variance in its norms.
    """

    version: int
    architecture: str
    name: str
    n_tensors: int
    n_parameters: int
    sampling: dict[str, Scalar] = field(default_factory=dict)
    n_blocks: int | None = None
    tensors: Mapping[str, int] = field(default_factory=dict, repr=False)
    says_epsilon: bool = False

    def facts(self) -> dict[str, Any]:
        """Return what is worth keeping of it, as plain values."""
        return {
            item.name: getattr(self, item.name) for item in fields(self) if item.name != "tensors"
        }


def read_gguf_header(path: str | Path) -> GgufHeader:
    """Read and check the header of a GGUF file.

    Raises
    ------
    ModelError
        Not a GGUF file, truncated, of an unknown version, or its header contradicts itself or
        the size of the file; the message says which.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "tiny.gguf")
    ...     _ = path.write_bytes(b"GGUF" + bytes([3, 0, 0, 0]) + bytes(41))
    ...     read_gguf_header(path)
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.ModelError: tiny.gguf is not a usable GGUF file: it holds no tensors. \
Fetch it again, or open another file.
    """
    path = Path(path)
    try:
        with open_regular(path) as file:
            return _Reader(file, path).header()
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read: {error.strerror}.",
            "Check that the file is there and may be read.",
        ) from error


class _Reader:
    def __init__(self, file: BinaryIO, path: Path) -> None:
        self.file = file
        self.size = os.fstat(file.fileno()).st_size
        self.position = 0
        self.name = path.name
        self.elements = 0
        self.lengths: dict[str, int] = {}  # of arrays, by key
        self.says_epsilon = False

    def fail(self, what: str) -> NoReturn:
        raise ModelError(
            f"{self.name} is not a usable GGUF file: {what}.",
            "Fetch it again, or open another file.",
        )

    def need(self, length: int, what: str) -> None:
        left = self.size - self.position
        if length > left:
            raise ModelError(
                f"{self.name} is truncated or damaged: {what} takes {length:,} bytes "
                f"where {left:,} are left.",
                "Fetch the file again.",
            )

    def take(self, length: int, what: str) -> bytes:
        self.need(length, what)
        content = self.file.read(length)
        if len(content) < length:
            self.size = self.position + len(content)  # it became shorter under our eyes
            self.need(length, what)
        self.position += length
        return content

    def skip(self, length: int, what: str) -> None:
        self.need(length, what)
        self.file.seek(length, 1)
        self.position += length

    def scalar(self, form: struct.Struct, what: str) -> int:
        return int(form.unpack(self.take(form.size, what))[0])

    def text(self, limit: int, what: str) -> str:
        length = self.scalar(_U64, f"the length of {what}")
        self.need(length, what)
        if length > limit:
            self.fail(f"{what} has {length:,} bytes, more than {limit:,}")
        try:
            return self.take(length, what).decode("utf-8")
        except UnicodeDecodeError:
            self.fail(f"{what} is not UTF-8 text")

    def header(self) -> GgufHeader:
        version = self.start()
        n_tensors = self.scalar(_U64, "the number of tensors")
        n_entries = self.scalar(_U64, "the number of metadata entries")
        for count, limit, least, what in (
            (n_tensors, _MAX_TENSORS, 8 + 4 + 8 + 4 + 8, "tensors"),
            (n_entries, _MAX_ENTRIES, 8 + 4 + 1, "metadata entries"),
        ):
            if count > limit:
                self.fail(f"it claims {count:,} {what}, more than {limit:,}")
            self.need(count * least, f"the list of {count:,} {what}")
        kept = self.entries(n_entries)
        self.refuse_other_kinds(kept)
        self.refuse_part(kept)
        self.check_special(kept)
        if n_tensors == 0:
            self.fail("it holds no tensors")
        architecture = kept.get("general.architecture")
        if not isinstance(architecture, str) or not architecture:
            self.fail("it does not name its architecture")
        alignment = kept.get("general.alignment", 32)
        if type(alignment) is not int or alignment < 8 or alignment & (alignment - 1):
            self.fail(f"its alignment is {alignment!r}")
        tensors = self.tensors(n_tensors, min(alignment, 1 << 20))
        n_blocks = kept.get(f"{architecture}.block_count")
        return GgufHeader(
            version=version,
            architecture=architecture,
            name=str(kept.get("general.name", "")),
            n_tensors=n_tensors,
            n_parameters=sum(tensors.values()),
            n_blocks=n_blocks if type(n_blocks) is int else None,
            tensors=tensors,
            says_epsilon=self.says_epsilon,
            sampling={
                key.removeprefix(_SAMPLING): value
                for key, value in kept.items()
                if key.startswith(_SAMPLING)
            },
        )

    def refuse_other_kinds(self, kept: dict[str, Scalar]) -> None:
        """Refuse what by its own word is no model: an adapter, or what reads images for one."""
        kind = kept.get("general.type", "model")
        if kind != "model":
            raise ModelError(
                f"{self.name} says that it is of the type {kind!r:.60}, not a model.",
                "Open the model to which it belongs; an adapter must be merged into it first.",
            )

    def refuse_part(self, kept: dict[str, Scalar]) -> None:
        """Refuse one file of a model that was split into several, and say how to join them."""
        number, count = kept.get("split.no", 0), kept.get("split.count", 1)
        if type(number) is not int or type(count) is not int or count < 2:
            return
        stem = re.sub(r"(-\d{5}-of-\d{5})?\.gguf$", "", self.name)
        first = f"{stem}-00001-of-{count:05d}.gguf"
        whole = f"{stem}.gguf" if f"{stem}.gguf" != self.name else f"{stem}-whole.gguf"
        raise ModelError(
            f"{self.name} is part {number + 1} of {count} of a model.",
            f"Join them with `llama-gguf-split --merge {first} {whole}`, and open {whole}.",
        )

    def check_special(self, kept: dict[str, Scalar]) -> None:
        """Refuse special tokens that there are not; −5 would be the fifth from the end."""
        n_tokens = self.lengths.get(_TOKENS)
        for key in _SPECIAL:
            token = kept.get(key, 0)
            if n_tokens is not None and (type(token) is not int or not 0 <= token < n_tokens):
                self.fail(f"its {key!r} is {token!r}, and it has {n_tokens:,} tokens")

    def start(self) -> int:
        magic = self.take(4, "the magic number")
        if magic != b"GGUF":
            self.fail("it does not begin with GGUF")
        version = self.scalar(_U32, "the version")
        if version in (2, 3):
            return version
        if version in (2 << 24, 3 << 24):
            self.fail("it is in big-endian byte order")
        self.fail(f"its version is {version}, not 2 or 3")

    def entries(self, count: int) -> dict[str, Scalar]:
        """Walk the metadata and keep the few entries that we use."""
        kept: dict[str, Scalar] = {}
        seen: set[str] = set()
        for index in range(count):
            key = self.text(_MAX_NAME, f"the key of metadata entry {index}")
            if key in seen:
                self.fail(f"the metadata key {key!r} appears twice")
            seen.add(key)
            self.says_epsilon |= _EPSILON.fullmatch(key) is not None
            kind = self.scalar(_U32, f"the type of {key!r}")
            if key in _KEPT or key.startswith(_SAMPLING) or key.endswith(".block_count"):
                kept[key] = self.kept_value(key, kind)
            else:
                self.skip_value(key, kind)
        return kept

    def kept_value(self, key: str, kind: int) -> Scalar:
        if kind == _STRING:
            return self.text(_MAX_KEPT, f"the value of {key!r}")
        if kind not in _SCALARS:
            self.fail(f"{key!r} has the type {kind}, which is not a number or a text")
        form = _SCALARS[kind]
        value: Scalar = form.unpack(self.take(form.size, f"the value of {key!r}"))[0]
        return value

    def skip_value(self, key: str, kind: int) -> None:
        what = f"the value of {key!r}"
        if kind in _SCALARS:
            self.skip(_SCALARS[kind].size, what)
        elif kind == _STRING:
            self.skip(self.scalar(_U64, what), what)
        elif kind == _ARRAY:
            self.lengths[key] = self.skip_array(what)
        else:
            self.fail(f"{key!r} has the unknown type {kind}")

    def skip_array(self, what: str) -> int:
        kind = self.scalar(_U32, what)
        count = self.scalar(_U64, what)
        if kind == _ARRAY:
            self.fail(f"{what} is an array of arrays")
        if kind not in _SCALARS and kind != _STRING:
            self.fail(f"{what} is an array of the unknown type {kind}")
        self.need(count * (_SCALARS[kind].size if kind in _SCALARS else 8), what)
        self.elements += count
        if self.elements > _MAX_ELEMENTS:
            self.fail(f"its metadata arrays have more than {_MAX_ELEMENTS:,} elements")
        if kind in _SCALARS:
            self.skip(count * _SCALARS[kind].size, what)
            return count
        for _ in range(count):
            self.skip(self.scalar(_U64, what), what)
        return count

    def tensors(self, count: int, alignment: int) -> dict[str, int]:
        """Check every tensor's place against the file; return how many values each has."""
        seen: dict[str, int] = {}
        places: list[tuple[int, int, str]] = []
        for index in range(count):
            name = self.text(_MAX_NAME, f"the name of tensor {index}")
            if name in seen:
                self.fail(f"the tensor {name!r} appears twice")
            seen[name], n_bytes = self.tensor_size(name)
            offset = self.scalar(_U64, f"the offset of {name!r}")
            if offset % alignment:
                self.fail(f"the tensor {name!r} is not aligned to {alignment} bytes")
            places.append((offset, n_bytes, name))
        start = -(-self.position // alignment) * alignment
        reached = 0
        for offset, n_bytes, name in sorted(places):
            if offset < reached:
                self.fail(f"the tensor {name!r} overlaps another")
            reached = offset + n_bytes
            if start + reached > self.size:
                raise ModelError(
                    f"{self.name} is truncated or damaged: the tensor {name!r} ends at byte "
                    f"{start + reached:,} of a file of {self.size:,}.",
                    "Fetch the file again.",
                )
        return seen

    def tensor_size(self, name: str) -> tuple[int, int]:
        n_dimensions = self.scalar(_U32, f"the rank of {name!r}")
        if not 1 <= n_dimensions <= _MAX_DIMENSIONS:
            self.fail(f"the tensor {name!r} has {n_dimensions} dimensions")
        shape = [self.scalar(_U64, f"the shape of {name!r}") for _ in range(n_dimensions)]
        kind = self.scalar(_U32, f"the type of {name!r}")
        if kind not in TENSOR_BLOCKS:
            self.fail(f"the tensor {name!r} has the unknown type {kind}")
        values, n_bytes = TENSOR_BLOCKS[kind]
        if 0 in shape or shape[0] % values:
            self.fail(f"the tensor {name!r} has the shape {shape}, not whole blocks of {values}")
        n_values = 1
        for length in shape:
            n_values *= length
        return n_values, n_values // values * n_bytes
