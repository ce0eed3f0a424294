"""Every limit on a training, as one named number with its reason, and the sentence where one is passed."""

from lib.message import Message

# Rows of data: as many as a plot can show, 20 times as many as a smooth curve needs.
MAX_SAMPLES = 2000

# Rows that are typed or pasted; they travel in the address. The box takes more, to tell that it is too much.
MAX_ROWS = 200
MAX_ROW_CHARACTERS = 20_000

# The largest value of a row: beyond it the squares of a loss, and what optimisers make of them, are no numbers.
MAX_VALUE = 1e100

# Hidden layers and their width: 6 of 128 have 83 000 weights, whose epoch of 400 rows takes 0.1 s. Wider and deeper
# networks fit no function of one variable better.
MAX_LAYERS = 6
MAX_WIDTH = 128

# Epochs of one run: 5000 of the default network take a minute.
MAX_EPOCHS = 5000

# Seconds of training in one run: as long as a class waits, and the workers are shared.
MAX_SECONDS = 120.0

# Seconds that a slice of a training takes, after which another visitor's may have its turn, and the weights are saved.
SLICE = 0.25

# Seconds that one epoch may take, as a slice ends between epochs: with it a slice stays under half a second.
MAX_EPOCH_SECONDS = 0.25

# Seconds at which a slice is killed: a worker that shares its core with everything else is some times slower.
SLICE_LIMIT = 10.0

# Snapshots of the weights to scrub back to, in number and bytes: a slider's steps, and 4 MB of a visitor's memory.
MAX_SNAPSHOTS = 60
SNAPSHOT_BYTES = 4_000_000

# Seconds without a look at the page after which its training pauses: a busy server misses polls, a hidden tab is slow.
LEASE = 8.0

# The same where the browser's connection is closed: time enough for one that was lost to come back.
GRACE = 2.0

# Networks trained at once, one a branch of the inverse; normal distributions in a mixture.
MAX_BRANCHES = 6
COMPONENTS = 4

# What one step and one multiplication take, for the estimate of an epoch; measured on one slow core.
SECONDS_PER_LAYER = 2e-4
SECONDS_PER_PRODUCT = 1.5e-9


def epoch_too_long(seconds: float) -> Message:
    return Message(
        "An epoch of this takes about {seconds:.1f} s, and {limit} s are the most: take larger batches, fewer samples "
        "or narrower layers.",
        seconds=seconds,
        limit=MAX_EPOCH_SECONDS,
    )
