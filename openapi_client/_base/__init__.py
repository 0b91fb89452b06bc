"""What every layer may use: time, dates, processes, and what must not be shown."""
