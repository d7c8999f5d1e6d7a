"""Our words: the values and table schemas that more than one room mentions."""
