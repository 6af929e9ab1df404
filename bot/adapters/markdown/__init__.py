"""Markdown as people write it -> blocks of a document."""
