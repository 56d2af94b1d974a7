"""Runs SQL that the guard let pass, away from the live data.

snapshot.py  a read-only file that holds kpi_daily and nothing else, made once a data version
worker.py    a child process that runs one statement under hard limits; it knows no other module of ours
process.py   starts workers beforehand, watches them, kills them
stops.yml    what a person reads where a statement was stopped or failed
"""

from __future__ import annotations

from kpi.sandbox.process import Rows, Sandbox

__all__ = ["Rows", "Sandbox"]
