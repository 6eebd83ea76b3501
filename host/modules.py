"""Imports every module of the house, so that all actions and tables are known."""

import importlib
import pkgutil
from types import ModuleType

import certification
import exams
import host
import kernel
import people
import question_bank
import simulations
import training
import web

PACKAGES: tuple[ModuleType, ...] = (
    kernel,
    people,
    question_bank,
    simulations,
    training,
    exams,
    certification,
    web,
    host,
)


def load_everything() -> list[str]:
    """The names of all modules, after importing each."""
    names = [
        module.name
        for package in PACKAGES
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if "data" not in module.name.split(".")
    ]
    for name in names:
        importlib.import_module(name)
    return names
