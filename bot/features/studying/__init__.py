"""Questions are chosen, posed, answered, marked and remembered."""
