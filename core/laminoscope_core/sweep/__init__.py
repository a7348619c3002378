"""An experiment over many models: what to run, running it on Dask, gathering what came of it."""
