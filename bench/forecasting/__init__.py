"""Forecasts of deliveries measured on days of the past, beside plainer ones and gradient boosting."""
