"""What rooms say for the whole house: each has its part in a file of a known name."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from django.apps import apps
from django.conf import settings


def collect(name: str) -> list[ModuleType]:
    """Import the module `name` of every app of ours and of every room in it."""
    found = []
    for config in apps.get_app_configs():
        if Path(config.path) != Path(settings.BASE_DIR, *config.name.split(".")):
            continue  # somebody else's
        rooms = [each.name for each in iter_modules([config.path]) if each.ispkg]
        for place in [config.name, *(f"{config.name}.{room}" for room in rooms)]:
            if has_module(place, name):
                found.append(import_module(f"{place}.{name}"))
    return found


def has_module(package: str, name: str) -> bool:
    folder = import_module(package).__path__
    return any(each.name == name for each in iter_modules(folder))
