"""Pages of somebody who is signed in."""
