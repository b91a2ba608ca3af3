"""Study: nouns and rules in frozen dataclasses, with the standard library and nothing else."""
