"""The checks of the long list: one small rule each, in files by subject; `registry.RULES` has all of them.

`schema.findings` runs them as one pandera schema; `table.data_checks` and `table.check_words` say what was found.
"""
