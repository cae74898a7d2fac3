"""The rooms of the numpy functions, one file a task."""
