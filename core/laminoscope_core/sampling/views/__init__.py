"""What the continuation task shows, as frozen objects that need no screen.

A panel and a figure of the same thing draw from the same object.

- `stages.chain_view` — the sampler chain: bars, cuts, reasons, branches of XTC, and the draw.
- `candidates.candidate_rows` — the table of candidates, and who removed which.
- `text.written`, `text.branch_rows` — the text with the strength of its colours, and its tree.
- `watch.watch_table`, `watch.way_through` — watched tokens, and a token's way through the chain.

The comparison of columns is an analysis, `laminoscope_core.analysis.comparison`; what the loop
laboratory shows are `loops.LoopReport`, `loops.EchoCurve` and `loops.TextLoop`.
"""

from laminoscope_core.sampling.views.candidates import CandidateRows, candidate_rows
from laminoscope_core.sampling.views.stages import (
    BranchView,
    ChainView,
    DrawView,
    StageView,
    chain_view,
)
from laminoscope_core.sampling.views.text import (
    COLOURINGS,
    BranchRow,
    WrittenToken,
    branch_rows,
    written,
)
from laminoscope_core.sampling.views.watch import (
    WatchRow,
    WayPoint,
    watch_table,
    way_through,
)

__all__ = [
    "COLOURINGS",
    "BranchRow",
    "BranchView",
    "CandidateRows",
    "ChainView",
    "DrawView",
    "StageView",
    "WatchRow",
    "WayPoint",
    "WrittenToken",
    "branch_rows",
    "candidate_rows",
    "chain_view",
    "watch_table",
    "way_through",
    "written",
]
