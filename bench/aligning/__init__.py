"""Listings matched over lists, beside the matcher of others: what both get, and what is true."""
