"""Subject matching: evidence for and against a pair, and the workbook of reviews."""
