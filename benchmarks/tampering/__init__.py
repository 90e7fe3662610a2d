"""Tamperings with our log and with those of others, each judged by the tool's own verification."""
