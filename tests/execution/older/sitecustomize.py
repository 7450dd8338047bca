"""What a Python finds that has this folder on its path: Landlock as Linux 6.7 has it, which knows no signals."""

import hexapla.execution.sandbox.landlock as landlock

landlock.abi = lambda: 4
