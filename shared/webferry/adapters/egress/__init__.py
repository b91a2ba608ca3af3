"""The one gate that every outgoing byte passes."""
