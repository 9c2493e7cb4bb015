"""What a programme may pay for, by when its steps have to happen, and how its money adds up."""
