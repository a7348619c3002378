"""States of Qt's in a session file, sealed.

Where docks stand, Qt keeps in a form of its own, and reading a forged one brings the program down.
So each is sealed with a key that only this user's settings hold: what was saved here is restored
to the pixel, and of a file from elsewhere the panels stand as this user has arranged them.
"""

import base64
import binascii
import hmac
from typing import Any

from PySide6.QtCore import QByteArray

__all__ = ["sealed", "unsealed"]


def sealed(secret: bytes, blob: QByteArray) -> dict[str, str]:
    """Return a state of Qt's as JSON, with a seal that only this key makes."""
    data = bytes(blob.data())
    return {"qt": base64.b64encode(data).decode("ascii"), "seal": _seal(secret, data)}


def unsealed(secret: bytes, entry: Any) -> QByteArray | None:
    """Return what `sealed` was given; None if the key is another, or it is nothing of the kind."""
    if not isinstance(entry, dict) or not isinstance(entry.get("seal"), str):
        return None
    try:
        data = base64.b64decode(entry.get("qt", ""), validate=True)
    except (TypeError, ValueError, binascii.Error):
        return None
    own = hmac.compare_digest(
        _seal(secret, data).encode(), entry["seal"].encode("utf-8", "replace")
    )
    return QByteArray(data) if own else None


def _seal(secret: bytes, data: bytes) -> str:
    # layouts of the first kind may show two tasks at once: none of their seals fits any more
    return hmac.digest(secret, b"layouts-2" + data, "sha256").hex()
