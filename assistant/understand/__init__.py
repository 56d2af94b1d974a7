"""From a message to one typed tool call, by rules.

tokens        the message as words with their places
vocabulary    every phrase we know: metrics, dimensions, members, grammar (lexicon/*.yml)
tagger        words -> spans with a meaning (dates come from assistant.dates)
constructions what neighbouring spans say together: 'top 5 campaigns', 'Meta vs Google', 'CAC above 30'
draft         what was understood so far, before dates and defaults are filled in
resolve       draft -> MetricQuery
followups     a draft laid over the last one
rules         the way through all of it, and what to say about words that stay unused
"""
