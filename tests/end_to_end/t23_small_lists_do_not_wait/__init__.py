"""One worker is at a big post: confirmations and small posts pass it, digests stay behind."""
