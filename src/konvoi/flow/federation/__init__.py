"""Exchange between workspaces: signed bundles of what a party may see, and the keys that sign them."""
