"""`python -m matxich.cli`: the same as `matxich`."""

from matxich.cli import main

main()
