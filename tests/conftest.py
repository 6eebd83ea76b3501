"""What every test has, pure ones too. Nothing of the platform is imported here: see `tests/cast/platform.py`."""

import hypothesis

# A busy machine is slow, not wrong.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
