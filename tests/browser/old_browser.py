"""A browser of the oldest kind that is promised, as far as today's can play it."""

# What Chrome 80 and Safari 13 do not have, taken away before any script runs.
AN_OLD_BROWSER = """
    for (const [owner, name] of [
        [AbortSignal, "timeout"],
        [HTMLDialogElement.prototype, "showModal"],
        [HTMLDialogElement.prototype, "close"],
        [HTMLElement.prototype, "inert"],
        [Element.prototype, "replaceChildren"],
        [Document.prototype, "replaceChildren"],
        [Array.prototype, "at"],
        [window, "structuredClone"],
    ]) delete owner[name];
"""
