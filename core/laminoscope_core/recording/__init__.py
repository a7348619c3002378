"""Recording: run a model once over some prompts and keep what reducers make of its tensors."""
