"""The web interface: every use case of the command line, in a browser and as a JSON API.

:mod:`routes` is the single table of addresses. The pages, the permissions, the cross-site checks, the audit
log's action names and the OpenAPI description are all derived from it.
"""
