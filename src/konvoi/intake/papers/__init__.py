"""Papers of transport in open formats: what despatch advices, events and receipts become."""
