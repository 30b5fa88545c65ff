"""The public contract of husret, version 1: messages, services and error reasons."""
