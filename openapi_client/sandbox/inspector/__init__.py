"""The page on which people see what a sandbox does."""
