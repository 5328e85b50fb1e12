"""What the law asks of data of people: purposes, terms, sealed fields, removal, rights of residents."""
