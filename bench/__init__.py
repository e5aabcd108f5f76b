"""The project's own benchmark: how many errors are found and put right, and how many right words are broken.

``python -m bench`` (or ``make bench``) measures; README.md says on what and by which rules.
"""
