"""Language models, one vendor per file: they are asked for JSON, and never believed unchecked."""
