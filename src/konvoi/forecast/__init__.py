"""A plan and its delays become what will arrive, and when."""
