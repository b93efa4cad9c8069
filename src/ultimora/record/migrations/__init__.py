"""How the layout of a record came about, step by step: alembic's versions. What is derived is made anew afterwards."""
