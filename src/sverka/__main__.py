"""``python -m sverka``."""

from sverka.cli.main import run

if __name__ == "__main__":
    run()
