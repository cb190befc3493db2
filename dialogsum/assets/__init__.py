"""What comes with the package beside code: the tiny model."""
