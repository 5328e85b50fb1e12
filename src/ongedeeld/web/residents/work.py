"""The daily work of residents' maps, which the parts of this app do."""

from __future__ import annotations

from ongedeeld.web.residents.learning import work as learning_work
from ongedeeld.web.residents.sharing import work as sharing_work
from ongedeeld.web.residents.vault import work as vault_work

__all__ = ["learning_work", "sharing_work", "vault_work"]
