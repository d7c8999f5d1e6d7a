"""Plan deliveries, check plans and compare scenarios."""
