"""The settings of a list, each by what it does; joining and leaving by mail."""
