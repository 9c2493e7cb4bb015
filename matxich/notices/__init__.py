"""The outbox: mail and in-app messages, written in the transaction and delivered by the worker."""
