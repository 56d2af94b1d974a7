"""From a result to words: the sentence that leads, the interpretation line, the notes, the chips."""
