"""The only input and output outside the shells: files, and the sandbox for strangers' files."""
