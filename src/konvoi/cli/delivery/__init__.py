"""Compare dispatches with receipts; write their documents."""
