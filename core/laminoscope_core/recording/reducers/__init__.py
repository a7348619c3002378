"""Reducers: what is kept of a tensor, decided where the tensor is.

A reducer is a frozen dataclass in a module of its own that follows `reducer.Reducer`: it says
which sites of which layers it takes, reduces them on their device while the model runs, and turns
what was kept of all prompts into a result.  `laminoscope_core.recording.record` runs any number
of them in one forward pass a batch.
"""
