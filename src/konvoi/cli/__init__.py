"""The command line: konvoi <verb>, one file a verb."""
