"""Follow tranches of economic packages and reconstruction."""
