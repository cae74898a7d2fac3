"""Arrays in, arrays out: no validation, no files, no tables, no words."""
