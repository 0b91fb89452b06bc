"""What tests share: a server of raw bytes, a clock without waits, and the table of faults."""
