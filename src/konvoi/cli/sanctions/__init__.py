"""Compare sanctions lists and screen parties."""
