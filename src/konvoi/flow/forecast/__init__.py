"""Subject forecast: arrivals to be expected by the plan, causes of delay, and remedies."""
