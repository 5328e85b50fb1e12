"""Portraits, atlases, charts, maps and sentences, in Dutch and English."""
