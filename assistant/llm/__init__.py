"""The language-model route: a second author of the same typed call. Nothing that a model says is trusted unchecked.

client     the endpoint, over LangChain: one forced tool call, or a text; every failure has a name
prompt     what the model is told, with the names of this data that matter for the question (names)
forms      the arguments a model fills in; dates are words it quotes, never days it computed
reading    a filled-in form -> Draft -> MetricQuery, by the same resolver as the rules
faithful   nothing of the message left out, no number made up
route      the way through all of it: one call, one chance to put it right, then a question back
summary    a text about a result, shown only where every claim in it holds (claims)
budget     tokens and cost by conversation, person and day

Only ``client`` imports LangChain, and only when a call is made.
"""
