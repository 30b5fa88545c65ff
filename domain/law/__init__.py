"""Rules as code, one module per question; parameters, readings and texts as data."""
