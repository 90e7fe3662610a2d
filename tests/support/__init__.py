"""What the integration tests share: an OTLP sink, real environments, programs under test and ways to drive them."""
