"""What pyproject.toml cannot say: conf/ stands beside the package and travels inside it."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["dialogsum*"]), "dialogsum.conf"],
    package_dir={"dialogsum.conf": "conf"},
)
