"""What the terminal shows: views for rich, one module each."""
