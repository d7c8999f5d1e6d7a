"""The planner's inner loop: the problem as flat arrays, and compiled code on them."""
