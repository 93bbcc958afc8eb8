"""Both Ways. The router, and nothing else: page settings, the list of pages, the page that was asked for.

The server imports this file once, when it starts; then Streamlit runs it for every look at a page.
"""

import streamlit as st

from ui import door, frame, ready, router

if __name__ == "__main__":
    frame.configure()
    router.run()
else:
    door.stop_if_public()
    ready.before_the_first_page()
    app = st.App(__file__, middleware=door.MIDDLEWARE)
