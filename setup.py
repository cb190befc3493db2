"""The part of the packaging that pyproject.toml cannot express: files beside the package inside it.

conf/ becomes `dialogsum.conf`, and train.py and evaluate.py become `dialogsum.programs`.
"""

from setuptools import find_packages, setup
from setuptools.command.build_py import build_py

PROGRAMS = ("train", "evaluate")


class BuildWithPrograms(build_py):
    """The usual build, without setup.py and other scripts beside the two programs."""

    def find_package_modules(self, package: str, package_dir: str) -> list[tuple[str, str, str]]:
        modules = super().find_package_modules(package, package_dir)
        if package == "dialogsum.programs":
            modules = [module for module in modules if module[1] in PROGRAMS]
        return modules


setup(
    packages=[*find_packages(include=["dialogsum*"]), "dialogsum.conf", "dialogsum.programs"],
    package_dir={"dialogsum.conf": "conf", "dialogsum.programs": "."},
    cmdclass={"build_py": BuildWithPrograms},
)
