"""An interview tutor that lives in a chat and needs no language model."""

__version__ = "0.1.0"
