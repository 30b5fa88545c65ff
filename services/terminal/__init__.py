"""What is written where husret is called by hand: answers as text, and what can be typed next."""
