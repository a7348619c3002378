"""Capture: run a model and keep what its attention and its blocks computed.

``laminoscope_core.recording`` is this package and also the function of the public interface: once
a module of a package has been imported, Python finds the package before anything else of its
name, so the package passes calls on to `laminoscope_core.recording.run.capture`.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from laminoscope_core.recording.captured import Capture


class _CallablePackage(ModuleType):
    def __call__(self, *args: Any, **kwargs: Any) -> "Capture":
        from laminoscope_core.recording.run import capture

        return capture(*args, **kwargs)


sys.modules[__name__].__class__ = _CallablePackage
