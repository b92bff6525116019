"""Document management and dossier compliance under Hướng dẫn 22/HD-BCA-V05."""

__version__ = "0.1.0"
