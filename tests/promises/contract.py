"""What the contract promises where the three documents are silent or disagree."""

from tests.promises import contract_api, contract_work

PROMISES = (*contract_api.PROMISES, *contract_work.PROMISES)
