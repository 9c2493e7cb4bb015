"""People, agencies with dated names and lineage, roles, scope, sign-in, personal-data requests."""
