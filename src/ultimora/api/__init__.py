"""The questions of the command line over HTTP: the same names, the same JSON."""
