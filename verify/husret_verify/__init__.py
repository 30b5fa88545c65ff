"""Check what a log of husret has answered, on another machine and without trusting its operator.

The functions are pure; docs/formats.md of husret says what every byte means.
"""
