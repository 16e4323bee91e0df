"""The whole site as files, and the little that file hosts have to be told."""
