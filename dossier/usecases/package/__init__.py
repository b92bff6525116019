"""Transfer packages: a dossier for the receiving archive as a BagIt bag (RFC 8493) with originals, PDF/A
copies, closing documents, metadata, the state of signatures, and people's decisions."""
