"""Sverka finds OCR errors in transcripts of Russian archival documents, and records what editors decide."""

__version__ = "0.1.0"
