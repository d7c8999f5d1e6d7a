"""Lead times learnt from cases: how long steps take, and how far deliveries are from their promised day."""
