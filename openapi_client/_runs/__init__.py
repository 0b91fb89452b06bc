"""What is particular to journal runs."""
