"""Sign-in: by password, second factor, identity provider or link; one's own account; personas."""
