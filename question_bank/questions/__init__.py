"""A question and its immutable versions. Who may approve one: review/. What an exam may draw: pools/."""
