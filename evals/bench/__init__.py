"""How fast the product is: ``python -m evals.bench [PART …]``, or ``make bench PART=questions``.

facts.py    made-up facts, as many as asked for
measure.py  CPU and wall time, medians of interleaved rounds, memory
parts/      one file a part, each run in a process of its own: ``run(folder)`` gives its rows and series
report.py   docs/benchmarks.md and its plot, from the results of all parts run so far
"""
