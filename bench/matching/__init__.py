"""Public sets with their truth, one file of settings each, and the same in Splink's words."""
