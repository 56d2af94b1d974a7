"""Answers where people talk, Slack and Teams: what comes in is read here, what goes out is laid out. n8n carries it."""
