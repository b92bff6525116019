"""The inbox: a folder of the archive for new files. They are read, a dossier and an item are proposed for
each, and a person files them. Only these files are ever moved, only at a person's request, and it can be
undone."""
