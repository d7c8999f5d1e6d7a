"""Subject ledger: entries, relations, the pipeline by line item, and totals counted once."""
