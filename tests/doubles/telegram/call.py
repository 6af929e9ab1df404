"""One call of a method, as it came over the wire."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """One call of a method.

    Attributes:
        params: as sent, every value a text; JSON within it is not yet read.
        files: uploaded parts by name: (file name, content).
    """

    method: str
    params: dict[str, str]
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return a parameter; missing ones are empty."""
        return self.params.get(name, "")

    def json(self, name: str) -> Any:
        """Return a parameter that is JSON."""
        return json.loads(self.params[name]) if name in self.params else None
