"""A day of one's own for what asks which day it is."""

from datetime import date


def set_to(monkeypatch, module, today: date):
    """Let `module`, which imports `date`, think that it is this day."""

    class Calendar(date):
        @classmethod
        def today(cls):
            return today

    monkeypatch.setattr(module, "date", Calendar)
