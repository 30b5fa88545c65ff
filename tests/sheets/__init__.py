"""Files of rows, as people send them."""
