"""The files of the European Union: acts of the Official Journal, and the consolidated list."""
