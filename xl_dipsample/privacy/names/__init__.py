"""Finds identifiers in free text, in two tiers: strong ones block a release, weak ones wait for a person."""

from xl_dipsample.privacy.names.hits import RULES, STRONG, WEAK, Hit
from xl_dipsample.privacy.names.roles import propose, roles_of
from xl_dipsample.privacy.names.searcher import Searcher, ShapesOnly

__all__ = ["RULES", "STRONG", "WEAK", "Hit", "Searcher", "ShapesOnly", "propose", "roles_of"]
