package io.memring.client.ring;

/** Which of the nodes that claim the same point gets it. */
enum TieRule {
    /** The one that was named first. */
    FIRST_NODE,
    /** The one that was named last, as in a map where each put replaces the one before. */
    LAST_NODE,
    /** The claimants are sorted by name, and the point modulo their number picks one. */
    POINT_PICKS
}
