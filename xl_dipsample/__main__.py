"""`python -I -m xl_dipsample` is the command `dipsample`."""

from xl_dipsample.cli import main

if __name__ == "__main__":
    main()
