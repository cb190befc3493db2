"""`python -m dialogsum`: the console command without its installation."""

import sys

from dialogsum.cli import main

sys.exit(main())
