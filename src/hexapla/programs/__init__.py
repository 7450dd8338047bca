"""What the code of a block says: parsed, compared, labelled. Nothing is executed here."""
