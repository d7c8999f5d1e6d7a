"""The planning room: needs, offers, the network, the plan, and what stays unmet."""
