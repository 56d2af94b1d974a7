"""Questions changed as people change them: the query must stay the same, or a question must come back."""
