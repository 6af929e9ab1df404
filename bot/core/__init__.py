"""The pure core: values in, values out; no platform, I/O, clock or randomness."""
