"""Told when copies were emptied, in the same transaction: whoever made something of one empties that too."""

from __future__ import annotations

from django.dispatch import Signal

shares_ended = Signal()
"""Sent with `keys`: those of the shares."""
