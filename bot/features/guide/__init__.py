"""How to use the tutor, and what there is to learn."""
