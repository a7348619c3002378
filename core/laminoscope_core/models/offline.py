"""Keep libraries from the network while they read what is on this machine."""

import contextlib
import threading
from collections.abc import Iterator

__all__ = ["OFFLINE_ENVIRONMENT", "offline"]

OFFLINE_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "USE_HUB_KERNELS": "0",
    "CUDA_VISIBLE_DEVICES": "",
    "TOKENIZERS_PARALLELISM": "false",
}
"""Of a child that reads strangers' files: without a network, one thread, no accelerator."""

_lock = threading.Lock()
_was: list[bool] = []  # before the first of those that are inside, one entry for each


@contextlib.contextmanager
def offline() -> Iterator[None]:
    """Have huggingface_hub and transformers refuse every connection, in all threads.

    What has to be fetched is fetched by processes of their own.
    """
    from huggingface_hub import constants

    with _lock:
        _was.append(_was[0] if _was else constants.HF_HUB_OFFLINE)
        constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        with _lock:
            before = _was.pop()
            if not _was:
                constants.HF_HUB_OFFLINE = before
