"""Clock, ticker, log and memory of the process."""
