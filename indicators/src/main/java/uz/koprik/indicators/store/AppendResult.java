package uz.koprik.indicators.store;

/** What became of one draft. */
public sealed interface AppendResult {

    /**
     * Stored durably under this sequence number.
     *
     * @param contests sequence number of an entry of another creator under the same id, when this one is kept apart
     *     from it or takes precedence over it and somebody should look at both; 0 otherwise
     */
    record NewEntry(long seq, long added, long contests) implements AppendResult {

        /** One that contests nothing. */
        public NewEntry(long seq, long added) {
            this(seq, added, 0);
        }
    }

    /** The same object in the same version with the same digest is there already, at {@code seq}. Nothing was done. */
    record Duplicate(long seq, long added) implements AppendResult {}

    /** Another object with the same id and version is there already, at {@code seq}: equivocation. Nothing was done. */
    record Conflict(long seq) implements AppendResult {}

    /**
     * A higher version is there already, at {@code seq}: a replay of an old one; or not the one that the draft must
     * follow, see {@link Draft#follows}. Nothing was done.
     *
     * @param seq 0 when there is no version in view
     */
    record Stale(long seq, long version) implements AppendResult {}

    /**
     * The object with this id belongs to another creator, who alone makes versions of it (STIX 2.1, section 3.6).
     * Nothing was done.
     *
     * @param seq the latest entry of that creator
     * @param pointer JSON pointer to the property that differs; empty when the properties agree and the centre that
     *     vouches differs; {@code /id} when a member of this centre made it and an account that is no member may not
     *     change it
     */
    record Foreign(long seq, String pointer) implements AppendResult {}

    /**
     * What became of a draft that continues a statement of which the claimant may not know: the creator's own signature
     * decides what is done, and the answer to the claimant is that the draft was taken.
     */
    record UnseenEntry(AppendResult actual) implements AppendResult {}

    /** The object was withdrawn here and may not come back in a version that is not higher than the withdrawn one. */
    record Withdrawn(long version) implements AppendResult {}
}
