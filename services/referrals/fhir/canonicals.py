"""Names of profiles and code systems, others' and our own."""

OURS = "https://famalink.example/fhir"
GOAL_PROFILE = f"{OURS}/StructureDefinition/Famalink-Goal"
GOAL_KIND = f"{OURS}/CodeSystem/goal-kind"
GOAL_KINDS = f"{OURS}/ValueSet/goal-kind"

CAREPLAN_PROFILE = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-CarePlan"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
SNOMED_CT = "http://snomed.info/sct"
ACHIEVEMENT = "http://terminology.hl7.org/CodeSystem/goal-achievement"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
