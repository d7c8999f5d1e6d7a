"""Make and list the keys that sign bundles."""
