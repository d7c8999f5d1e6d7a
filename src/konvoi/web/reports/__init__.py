"""Reports: papers of each reader, released papers, and calendar feeds."""
