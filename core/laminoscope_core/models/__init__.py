"""Models: what can be opened, from where, on which device, and how much memory it takes."""
