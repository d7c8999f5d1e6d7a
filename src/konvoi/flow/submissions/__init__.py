"""Subject submissions: the documents of partners, and the questions that they raise."""
