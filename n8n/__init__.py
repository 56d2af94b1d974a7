"""Workflows in n8n: our record of what they were asked to do, how we call them, and how n8n itself is started.

n8n may be away at any time: everything that was asked for is in our own job table first, and nothing here is needed to
answer a question.
"""
