"""Sverka finds OCR errors in transcripts of Russian archival documents, and records what editors decide."""

__version__ = "0.1.0"

PROGRAM = f"sverka {__version__}"
"""What the program calls itself in what it writes."""
