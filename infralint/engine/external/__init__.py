"""Other linters run beside our own judging, their findings merged into ours."""
