"""The audit log beside noirebox, a chain of HMACs, and bare SQLite: `python -m benchmarks.audit`."""
