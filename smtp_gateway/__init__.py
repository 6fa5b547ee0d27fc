"""The gateway: SMTP and LMTP on one side, use cases on the other."""
