"""Functions of the Windows API."""
