"""What the benchmark of the simulation measures: one made-up plan, ours and what stands beside it."""
