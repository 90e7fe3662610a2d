"""The tests' shared pieces are importable as `support`, wherever a test module lies, and their asserts explain themselves."""

import pytest

pytest.register_assert_rewrite("support")
