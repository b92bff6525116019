"""Distributed scanning: an archive's scan as jobs in a queue, kept by the PostgreSQL server that holds its
catalogue.

The queue is Procrastinate. Arguments of jobs are JSON, never code. Jobs are idempotent: one that runs twice,
or is interrupted and repeated on another machine, leaves the same catalogue. See docs/province.md.
"""
