"""What an answer is held against: the expected typed query, the gold rows, the expected kind of answer."""
