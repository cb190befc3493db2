"""Configuration: schemas, fingerprint and run names, Hydra glue."""
