"""One controller's instance: opening it, its files, copies, clock and views."""
