"""Generator of the bundled dialogues and training of `model=tiny`; see README.md."""
