"""Both Ways. The router, and nothing else: page settings, the list of pages, the page that was asked for."""

from ui import frame, router

frame.configure()
router.run()
