"""Pictures of places: made small, and without what tells where, when and with what they were taken."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

from ongedeeld.errors import N_, InputError
from ongedeeld.web.safeguards.sealing import seal_bytes, unseal_bytes
from ongedeeld.web.signals.models import Photo, Signal

KINDS = frozenset({Signal.Kind.PUBLIC_SPACE, Signal.Kind.HOME})
"""The kinds of signal with which a picture may go: those about places."""
MOST_PHOTOS = 4
LONGEST_SIDE = 1600
MOST_PIXELS = 50_000_000
QUALITY = 80
_FORMATS = ("JPEG", "PNG", "WEBP")


def cleaned(file: IO[bytes]) -> bytes:
    """A picture drawn anew as JPEG of at most `LONGEST_SIDE` pixels: only its pixels are taken over.

    Raises
    ------
    InputError
        When it is no picture, or one that is too large to open.
    """
    try:
        with Image.open(file, formats=_FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _no_picture()
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            turned = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise _no_picture() from error
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    bare = Image.new("RGB", turned.size)
    bare.paste(turned)
    written = BytesIO()
    bare.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def keep_photos(signal: Signal, photos: Iterable[bytes]) -> None:
    """Seal pictures that were cleaned, each for its own record."""
    for content in photos:
        photo = Photo(signal=signal)
        photo.sealed = seal_bytes(content, f"photo:{photo.key}")
        photo.save(force_insert=True)


def content_of(photo: Photo) -> bytes:
    """The picture that was sealed, as JPEG.

    Raises
    ------
    SealError
        When the key is not there, or it was changed.
    """
    return unseal_bytes(bytes(photo.sealed), f"photo:{photo.key}")


def _no_picture() -> InputError:
    return InputError(
        N_("this is no picture that can be opened"),
        expected=N_("a photo as JPEG, PNG or WebP"),
        remedy=N_("take the photo again, or send without it"),
    )
