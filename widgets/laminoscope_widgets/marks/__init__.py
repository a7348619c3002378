"""How each kind of mark of a plot is drawn."""
