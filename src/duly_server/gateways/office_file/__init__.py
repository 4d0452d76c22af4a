"""The office's own settings: one commented duly.toml in its data folder, and the environment, which wins."""

from duly_server.gateways.office_file.accent import Palette, palette
from duly_server.gateways.office_file.reading import (
    Mail,
    Office,
    Provider,
    SettingsRefusedError,
    open_settings,
    read_settings,
    said_in,
)
from duly_server.gateways.office_file.writing import FILE, file_of, write_once

__all__ = [
    "FILE",
    "Mail",
    "Office",
    "Palette",
    "Provider",
    "SettingsRefusedError",
    "file_of",
    "open_settings",
    "palette",
    "read_settings",
    "said_in",
    "write_once",
]
