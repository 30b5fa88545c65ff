"""Sale, demolition and merging of social dwellings, and the money that goes with them."""
