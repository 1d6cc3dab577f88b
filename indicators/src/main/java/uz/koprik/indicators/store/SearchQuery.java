package uz.koprik.indicators.store;

import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Tlp;

/**
 * What is searched for, without who searches. Fields are joined by AND, the values of one by OR; an empty set does not
 * restrict.
 *
 * @param words words that must all occur, see {@link uz.koprik.indicators.store.words.WordRules#asked}; empty for no
 *     restriction
 * @param observables keys ({@code kind:value}) of which at least one must be carried
 * @param kinds kinds of observables of which at least one must be carried
 * @param labels of which the object must have at least one; case does not matter
 * @param about ids of objects: only these, and what refers to one of them
 * @param types STIX types
 * @param producers {@code created_by_ref}
 * @param receivedFrom names of partners; an empty name means this centre itself
 * @param tlps effective markings
 * @param addedFrom first moment of adding, microseconds since the epoch, inclusive
 * @param addedTo last moment of adding, exclusive
 * @param before only entries with a lower {@link Entry#seq()}: the keyset cursor; empty to start
 * @param limit how many entries at most
 * @param facets fields to count values of
 * @param histogram intervals of time to count by
 * @param highlight whether to mark the words in the text
 */
public record SearchQuery(
        String words,
        Set<String> observables,
        Set<String> kinds,
        Set<String> labels,
        Set<String> about,
        Set<String> types,
        Set<String> producers,
        Set<String> receivedFrom,
        Set<Tlp> tlps,
        Optional<Long> addedFrom,
        Optional<Long> addedTo,
        Optional<Long> before,
        int limit,
        Set<Search.Facet> facets,
        Optional<Search.Interval> histogram,
        boolean highlight) {

    /** A query that restricts nothing and returns no entries, only counts. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from this query. */
    public Builder with() {
        return new Builder(this);
    }

    /** Whether rows alone answer it: it asks for nothing that an index knows. */
    public boolean byRowsAlone() {
        return words.isBlank() && observables.isEmpty() && kinds.isEmpty() && labels.isEmpty() && about.isEmpty();
    }

    /** Sets one field at a time; what is not set does not restrict. */
    public static final class Builder {

        private String words = "";
        private Set<String> observables = Set.of();
        private Set<String> kinds = Set.of();
        private Set<String> labels = Set.of();
        private Set<String> about = Set.of();
        private Set<String> types = Set.of();
        private Set<String> producers = Set.of();
        private Set<String> receivedFrom = Set.of();
        private Set<Tlp> tlps = Set.of();
        private Optional<Long> addedFrom = Optional.empty();
        private Optional<Long> addedTo = Optional.empty();
        private Optional<Long> before = Optional.empty();
        private int limit;
        private Set<Search.Facet> facets = Set.of();
        private Optional<Search.Interval> histogram = Optional.empty();
        private boolean highlight;

        private Builder() {}

        private Builder(SearchQuery from) {
            words = from.words;
            observables = from.observables;
            kinds = from.kinds;
            labels = from.labels;
            about = from.about;
            types = from.types;
            producers = from.producers;
            receivedFrom = from.receivedFrom;
            tlps = from.tlps;
            addedFrom = from.addedFrom;
            addedTo = from.addedTo;
            before = from.before;
            limit = from.limit;
            facets = from.facets;
            histogram = from.histogram;
            highlight = from.highlight;
        }

        public Builder words(String to) {
            words = to;
            return this;
        }

        public Builder observables(Set<String> to) {
            observables = to;
            return this;
        }

        public Builder kinds(Set<String> to) {
            kinds = to;
            return this;
        }

        public Builder labels(Set<String> to) {
            labels = to;
            return this;
        }

        public Builder about(Set<String> to) {
            about = to;
            return this;
        }

        public Builder types(Set<String> to) {
            types = to;
            return this;
        }

        public Builder producers(Set<String> to) {
            producers = to;
            return this;
        }

        public Builder receivedFrom(Set<String> to) {
            receivedFrom = to;
            return this;
        }

        public Builder tlps(Set<Tlp> to) {
            tlps = to;
            return this;
        }

        public Builder addedFrom(Optional<Long> to) {
            addedFrom = to;
            return this;
        }

        /** Not earlier than {@code from} either; empty changes nothing. */
        public Builder addedNotBefore(Optional<Long> from) {
            if (from.isPresent() && (addedFrom.isEmpty() || addedFrom.get() < from.get())) {
                addedFrom = from;
            }
            return this;
        }

        public Builder addedTo(Optional<Long> to) {
            addedTo = to;
            return this;
        }

        public Builder before(Optional<Long> to) {
            before = to;
            return this;
        }

        public Builder limit(int to) {
            limit = to;
            return this;
        }

        public Builder facets(Set<Search.Facet> to) {
            facets = to;
            return this;
        }

        public Builder histogram(Optional<Search.Interval> to) {
            histogram = to;
            return this;
        }

        public Builder highlight(boolean to) {
            highlight = to;
            return this;
        }

        public SearchQuery build() {
            return new SearchQuery(
                    words,
                    observables,
                    kinds,
                    labels,
                    about,
                    types,
                    producers,
                    receivedFrom,
                    tlps,
                    addedFrom,
                    addedTo,
                    before,
                    limit,
                    facets,
                    histogram,
                    highlight);
        }
    }
}
