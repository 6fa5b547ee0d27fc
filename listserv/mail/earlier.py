"""The line that stands where a quote begins that has no marks of its own."""

EARLIER = "--- Earlier message ---"
