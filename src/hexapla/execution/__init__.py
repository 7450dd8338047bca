"""Programs run: fork server, sandbox, capture, cluster."""
