"""PO files: read tolerantly, explained, written back byte for byte; and our marks in them."""
