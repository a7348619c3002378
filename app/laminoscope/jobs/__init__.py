"""Work beside the window: two lanes of jobs, and the list that shows them."""
