"""Finding, reading, recognising and classifying files."""

# Raise by one whenever reading, recognition or classification improves: the next scan then reads all files
# again that an older version read. Defined here, so that comparing it imports none of the readers.
VERSION = 69
