"""Subject submissions: letters, workbooks and templates for parties."""
