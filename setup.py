"""The part of the packaging that pyproject.toml cannot express: files beside the package inside it.

conf/ becomes `dialogsum.conf`, and train.py and evaluate.py become `dialogsum.programs`.
"""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["dialogsum*"]), "dialogsum.conf", "dialogsum.programs"],
    package_dir={"dialogsum.conf": "conf", "dialogsum.programs": "."},
)
