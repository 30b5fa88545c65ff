"""Letting, exchange, sublet, certificate: almenboligloven §§ 51 b, 51 c, 60; the letting order."""
