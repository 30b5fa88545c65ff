"""`python -m services.cli` is `husret`."""

import sys

from services.cli.main import main

sys.exit(main())
