"""Files of figures of areas, of regions and of the country: reading one and planning its import."""
