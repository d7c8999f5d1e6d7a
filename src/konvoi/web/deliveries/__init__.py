"""Deliveries: orders, dispatches, receipts, discrepancies, overdue and at-risk items."""
