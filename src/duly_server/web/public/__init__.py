"""The pages for everybody: making a complaint, its receipt, where it stands, the manual."""
