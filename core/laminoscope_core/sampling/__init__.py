"""Sampling: the chain of samplers that turns logits into a choice, and what can be done with it.

- `chain` — `Chain`; `links` one sampler in it, `stages` what it did; `samplers` the table that it
  obeys; `presets` the chains to begin with.
- `filters`, `reshaping`, `dry`, `choosing` — the rules; `candidates` what they act on; `seeds`
  and `selecting` the random numbers.
- `generate` — continue a prompt token by token, as a tree; `branches` the tree's rows;
  `many_seeds` the same for many seeds; `reading` the model with its cache; `prompts` text and chat
  templates.
- `loops` — how often and how a model repeats itself.
- `columns`, `others`, `alignment`, `compare` — what is compared, read by another model or through
  another template, brought onto one list of tokens, and measured.
- `library` — chains saved by name; `vocabulary` the exact texts of tokens.

Importing it costs NumPy; torch is loaded when a model is run.
"""

from laminoscope_core.sampling.candidates import Branch, Candidates, Draw
from laminoscope_core.sampling.chain import Chain
from laminoscope_core.sampling.generate import Choice, Continuation, Node
from laminoscope_core.sampling.parameters import Parameter, SamplingError
from laminoscope_core.sampling.presets import PRESETS, from_gguf_metadata
from laminoscope_core.sampling.prompts import RenderedPrompt, render_prompt
from laminoscope_core.sampling.samplers import SAMPLERS, Sampler
from laminoscope_core.sampling.selecting import draw, frequencies
from laminoscope_core.sampling.stages import ChainState, Possibility, Stage, Stages, Step

__all__ = [
    "PRESETS",
    "SAMPLERS",
    "Branch",
    "Candidates",
    "Chain",
    "ChainState",
    "Choice",
    "Continuation",
    "Draw",
    "Node",
    "Parameter",
    "Possibility",
    "RenderedPrompt",
    "Sampler",
    "SamplingError",
    "Stage",
    "Stages",
    "Step",
    "draw",
    "frequencies",
    "from_gguf_metadata",
    "render_prompt",
]
