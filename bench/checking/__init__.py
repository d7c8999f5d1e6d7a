"""A checker of plan folders by the rules of docs/reference/problem.md; nothing of konvoi is imported."""
