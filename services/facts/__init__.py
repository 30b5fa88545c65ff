"""Recording facts: commands, and the checks of facts against facts."""
