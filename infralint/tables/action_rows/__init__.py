"""What is known of single actions, a row each; tables/actions.py says how a row is read."""
