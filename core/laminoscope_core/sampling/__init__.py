"""Sampling: the chain of samplers that turns logits into a choice."""
