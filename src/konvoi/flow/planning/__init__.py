"""Subject planning: offers against standards, supplies against needs, and the plan in force."""
