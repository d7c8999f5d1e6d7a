"""Subject ledger: figures of totals and the pipeline."""
