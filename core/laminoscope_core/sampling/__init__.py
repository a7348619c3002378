"""Sampling: the chain of samplers that turns logits into a choice, and what can be done with it.

- `chain` — `Chain`, its stages, state and possibilities; `samplers` the table that it obeys;
  `presets` the chains to begin with.
- `filters`, `reshaping`, `dry`, `choosing` — the rules; `candidates` what they act on; `seeds`
  and `selecting` the random numbers.
- `generate` — continue a prompt token by token, as a tree; `prompts` text and chat templates.
- `loops` — how often and how a model repeats itself; `compare` — two distributions side by side.

Importing it costs NumPy; torch is loaded when a model is run.
"""

from laminoscope_core.sampling.candidates import Branch, Candidates, Draw
from laminoscope_core.sampling.chain import Chain, ChainState, Possibility, Stage, Stages, Step
from laminoscope_core.sampling.parameters import Parameter, SamplingError
from laminoscope_core.sampling.presets import PRESETS, from_gguf_metadata
from laminoscope_core.sampling.samplers import SAMPLERS, Sampler
from laminoscope_core.sampling.selecting import draw, frequencies

__all__ = [
    "PRESETS",
    "SAMPLERS",
    "Branch",
    "Candidates",
    "Chain",
    "ChainState",
    "Draw",
    "Parameter",
    "Possibility",
    "Sampler",
    "SamplingError",
    "Stage",
    "Stages",
    "Step",
    "draw",
    "frequencies",
    "from_gguf_metadata",
]
