"""Questions at the promised time: the subscription, the push, and what became of it."""
