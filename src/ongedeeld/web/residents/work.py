"""The daily work of residents' maps, which the parts of this app do."""

from __future__ import annotations

from ongedeeld.web.residents import learning_work, sharing_work, vault_work

__all__ = ["learning_work", "sharing_work", "vault_work"]
