"""Small tools without our words: text folding, day intervals, union-find, digests, money arithmetic."""
