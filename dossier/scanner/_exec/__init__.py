"""External programs: one file for each, which alone knows its flags and its output."""
