"""Rows that persons fill in on a page: kept at once, stored by a job as a submission of their party."""
