"""Use of a trained model: summaries of new dialogues, and portable exports."""
