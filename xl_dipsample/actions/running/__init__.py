"""How an action is run: the registry, the runner, Undo, the marks on Start and Audit."""
