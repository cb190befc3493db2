"""One module per sub-command of the console command `dialogsum`."""
