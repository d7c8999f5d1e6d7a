"""The register of sanctions of Ukraine."""
