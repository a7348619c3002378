"""Load torch and transformers."""

from laminoscope_core.job import Job

__all__ = ["import_torch_stack"]


def import_torch_stack(job: Job | None = None) -> None:
    """Import torch, transformers and the classes that open models."""
    if job is not None:
        job.report(0.0, "Loading torch")
    import torch  # noqa: F401
    from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer  # noqa: F401
