"""Pages: the frame of every page, its texts, styles and keys."""
