"""What the window consists of: pages with their columns, and what lies over them."""
