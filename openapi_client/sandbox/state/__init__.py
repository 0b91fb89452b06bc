"""What a sandbox keeps, and its time: the database, its transactions and the clock."""
