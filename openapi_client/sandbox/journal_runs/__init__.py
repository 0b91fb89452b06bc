"""The domain of journal runs: their operations, rules, statuses and tables, and how a test steers them."""
