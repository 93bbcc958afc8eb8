"""The browser's tab: title, icon, layout. Called before the navigation, so that no icon is fetched from outside."""

from pathlib import Path

import streamlit as st

STATIC = Path(__file__).parent / "static"


def configure():
    """Set title, local icon and the wide layout."""
    st.set_page_config(
        page_title="Both Ways",
        page_icon=str(STATIC / "icon.png"),
        layout="wide",
        menu_items={"About": "Both Ways: how often schools reach families, and whether it goes both ways."},
    )


def mode() -> str:
    """ "dark" or "light", as the browser shows the page now."""
    return "dark" if st.context.theme.type == "dark" else "light"
