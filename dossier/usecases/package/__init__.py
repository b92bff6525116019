"""A dossier as a package for the archive that receives it: BagIt (RFC 8493) with originals, PDF/A copies,
closing papers, metadata, the state of signatures, and what people decided."""
