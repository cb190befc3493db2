"""Files of the package that are not code: the bundled model and dialogues."""
