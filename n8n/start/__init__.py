"""Starts n8n beside the app: installed from the lock file, set up from the environment, stopped with us."""
