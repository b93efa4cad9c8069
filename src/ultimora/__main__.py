"""``python -m ultimora`` is the command line."""

from ultimora.cli.main import main

main()
