"""The way in, the tick and the outbox: one task group over one tutor."""
