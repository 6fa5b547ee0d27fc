"""The settings, as whoever starts something hears of them."""

import click

from listserv.settings import Settings, misspelt, read_settings


def settings_told() -> Settings:
    """The settings of what now begins to run; a variable that is none is told."""
    settings = read_settings()
    for words in misspelt():
        click.echo(f"Note: {words}", err=True)
    return settings
