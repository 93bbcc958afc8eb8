"""What stands ready before the first look at a page: all that pages import, out of the garbage collector's sight.

After every run of a script Streamlit looks for garbage among all that Python holds. Among the modules there is none;
looking through them took 0.1 s of a processor, in which no viewer was sent anything. And the sums of the days that
pages show first are being made (`stores.prepare`); the charts of national figures are drawn. Owns no page and no data.
"""

import gc
import importlib
import os
import pkgutil

import ui
from analytics import figures
from analytics.figures import national
from data.home import PRIVATE
from ui import stores


def before_the_first_page():
    """Import what pages use, and have the garbage collector pass over it from now on."""
    os.umask(PRIVATE)  # what the server makes is for its user alone
    for room in (ui, figures):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            importlib.import_module(module.name)
    for mode in ("light", "dark"):
        for part in national.PARTS:  # the same for everybody, and kept (`analytics.figures.once`)
            part.draw(mode)
    stores.prepare_at_start()
    gc.collect()
    gc.freeze()
