"""What all tests share. This file also puts the folder on the path, so that its modules can be imported by name."""
