"""Documents of words: blocks of text as a file holds them, and the clauses that they make."""
