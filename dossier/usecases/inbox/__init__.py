"""New files wait in one folder of the archive; they are read, a dossier and an item are proposed for each,
and a person files them. Only these files are ever moved, only on a person's word; it can be taken back."""
