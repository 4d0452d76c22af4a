"""The example office: an invented association with three years of casework, made by its own doors."""
