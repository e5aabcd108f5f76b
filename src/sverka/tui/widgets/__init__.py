"""The parts of the desk, each of which shows plain values and decides nothing."""
