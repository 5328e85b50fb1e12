"""The partner's side: the link, its code, the page and the answer."""
