"""A small FHIR R4 REST engine that knows no resource type: what there is, is told by `definitions`."""
