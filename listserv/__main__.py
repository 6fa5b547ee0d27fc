"""`python -m listserv` is `quietlist`."""

from listserv.cli import main

main()
