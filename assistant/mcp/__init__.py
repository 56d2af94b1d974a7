"""The tools for other assistants, over the Model Context Protocol. Only this folder imports its SDK.

offered  which tools they get (those that only read), and what calling one gives
server   the protocol's server over them
http     at /mcp of the web application, with the API's own rules of who may call
stdio    ``python -m assistant mcp``: the same over standard input and output
"""
