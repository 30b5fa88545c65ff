"""Files of rows that people and spreadsheets write: what stands in them, and what is wrong."""
