"""Texts for people that belong to no subject, and what a text consists of."""
