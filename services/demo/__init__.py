"""What husret answers, on made-up data."""
