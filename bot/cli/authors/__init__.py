"""What authors of a pack call: check it, import a document, answer what learners missed and contest."""
