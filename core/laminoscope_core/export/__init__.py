"""Export: results as tables, with their provenance."""
