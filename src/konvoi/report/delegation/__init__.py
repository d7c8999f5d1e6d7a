"""The page of one delegation: its pledges, what is asked of it, its open positions and findings."""
