"""Run the console command as `python -m dialogsum`."""

import sys

from dialogsum.cli import main

sys.exit(main())
