"""`python -m guodong_site`: the same door as `guodong`."""

import sys

from guodong_site.door import main

sys.exit(main(sys.argv[1:]))
