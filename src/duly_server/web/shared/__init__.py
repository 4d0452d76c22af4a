"""The look: view models, drawings and template tags that desk, portal and public pages are made of."""
