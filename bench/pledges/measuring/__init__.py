"""What is counted in the real files of others: one module a file, each a list of rates."""
