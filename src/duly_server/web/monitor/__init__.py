"""For whoever watches over the machine: whether the office is well, and figures that tell of nobody."""
