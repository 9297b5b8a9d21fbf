"""Pathway → FHIR R4, pure: what a record system sees of a client who agreed to it (5-fhir)."""

from services.referrals.fhir.definitions import DEFINITIONS
from services.referrals.fhir.rendering import render, render_changes, touches

__all__ = ["DEFINITIONS", "render", "render_changes", "touches"]
