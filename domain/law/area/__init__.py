"""What an area is: almenboligloven §§ 61 a, 61 b and 168 a."""
