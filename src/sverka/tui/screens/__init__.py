"""What fills the terminal: the desk itself, and the help over it."""
