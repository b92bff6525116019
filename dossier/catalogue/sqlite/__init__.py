"""A catalogue in one file of the state folder. All that is SQLite's own stands in this package, and in the
migrations; :mod:`glance` needs the standard library alone."""
