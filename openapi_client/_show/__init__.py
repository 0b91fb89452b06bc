"""What people look at: progress in a terminal or a notebook. Nothing below imports it; it is loaded on demand."""
