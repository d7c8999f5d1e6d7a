"""Subject submissions: what parties hand in, what documents state of themselves, findings on them."""
