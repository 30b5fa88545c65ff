"""What a client of husret imports; the contract itself is `husret.v1`."""
