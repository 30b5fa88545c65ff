"""Reports: what is counted for them, and how they become pages, PDFs and tables."""
