"""Landsbyggefonden's money for areas: almenboligloven §§ 91 to 92 and 96."""
