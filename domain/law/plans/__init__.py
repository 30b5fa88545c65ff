"""Development plans of transformation areas: almenboligloven §§ 168 a to 168 c."""
