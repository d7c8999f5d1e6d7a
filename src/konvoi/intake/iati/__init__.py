"""Parts of the reading of IATI activity files: the stream of activities, transactions, plans, links."""
