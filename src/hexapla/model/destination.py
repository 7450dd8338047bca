"""Destination: what a link or an image of a post leads to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What is there, as far as a post may publish it; all are empty where there is nothing."""

    file: str = ""
    """The file to publish, relative to the site's folder, with forward slashes."""
    page: str = ""
    """A page of the site that is no post's: its place below the folder of its language, without its ending."""
    refused: str = ""
    """Why what is there stays where it is, as a clause: "it is hidden"."""
