"""A synthetic coalition of twenty partners with planted faults and known truth, measured through Konvoi."""
