"""Evaluation: questions with a known typed query and known rows, asked of the real assistant and scored."""
