"""The web chat: Chainlit, mounted in our own server. Importing this package does not import Chainlit."""
