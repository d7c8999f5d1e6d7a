"""The matching engine measured on records made up from a seed, beside Splink."""
