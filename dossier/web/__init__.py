"""The page: every use case of the command line for people who type no commands.

:mod:`routes` is the one table of addresses; from it come the pages, the permissions, the duty to prove
where a request is from, what the log says, and the description of the API.
"""
