"""Who may decide what without whom: almenboligloven §§ 13, 37 and 165 a."""
