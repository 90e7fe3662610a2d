"""The tests' shared pieces are importable as `support` from everywhere, and their asserts explain themselves."""

import pytest

pytest.register_assert_rewrite("support")
