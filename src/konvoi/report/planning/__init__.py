"""Subject planning: coverage of needs, causes, and scenarios."""
