"""The chains that both shells call: read, post, relate, total, solve, forecast, brief."""
