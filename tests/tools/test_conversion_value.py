"""What a conversion counts as, said in the chat."""

from __future__ import annotations

from assistant import Assistant


def test_a_round_value_is_written_without_decimals(small: Assistant) -> None:
    answer = small.conversation().ask("count a conversion as 100")
    assert "now counts as 100 where" in answer.text
    changed = small.conversation().ask("count a conversion as 12.50")
    assert "now counts as 12.5 (it was 100) where" in changed.text
