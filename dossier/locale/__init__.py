"""Translations: English of this tool, Vietnamese of the command-line library."""
