"""A language model on the same cases as the rules: right and silently wrong side by side, repeats, cost, latency."""
