"""What only Windows has, by its own functions."""
