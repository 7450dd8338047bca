"""One program for the versions of an article in all languages, and why where there are more."""
