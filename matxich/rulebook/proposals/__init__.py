"""What a proposal is made of: the long form, its checklist, its cost lines, the gates it passes and needs sheets."""
