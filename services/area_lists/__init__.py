"""The ministry's lists of areas: reading a file, planning its import, and what to ask first."""
