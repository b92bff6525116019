"""The SQLite backend: a catalogue in one file of the state folder. Everything specific to SQLite is here and
in the migrations; :mod:`glance` needs only the standard library."""
