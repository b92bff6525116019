"""Work on many machines: an archive's scan as jobs in a queue of the PostgreSQL that keeps its catalogue.

The queue is Procrastinate's. A job's arguments are JSON, never code; each job may run twice, or half and then
again elsewhere, and the catalogue is the same as if it had run once. See docs/province.md.
"""
