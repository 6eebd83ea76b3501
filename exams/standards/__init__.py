"""What an exam is and who may sit it, as dated rules. Not here: how a paper is composed (papers), who applies."""
