"""The command line: what an operator does without a browser.

What is imported stays to the end, so looking for garbage meanwhile is in vain: it would take a good part of a start.
`main` begins to look when everything is there.
"""

import gc

gc.disable()
