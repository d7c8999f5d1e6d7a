"""python -m konvoi.cli: the same as konvoi."""

from konvoi.cli import main

if __name__ == "__main__":
    main()
