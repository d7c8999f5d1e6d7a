"""Subject agreements: texts, positions in rounds, milestones, and obligations followed to delivery."""
