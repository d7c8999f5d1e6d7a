"""General matching of any tables: blocks, levels, weights, clusters."""
