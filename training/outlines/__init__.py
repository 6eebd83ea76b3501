"""Training outlines (培训大纲): how many hours a qualification takes, on which date. Not here: what is taught."""
