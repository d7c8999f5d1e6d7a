"""Subject deliveries: consignments sent and received, and line items that are stalled."""
