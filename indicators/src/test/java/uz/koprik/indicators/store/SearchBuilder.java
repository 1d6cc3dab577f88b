package uz.koprik.indicators.store;

import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;

/** A search that asks for everything, narrowed one field at a time; no call changes the builder it is made on. */
public record SearchBuilder(Audience audience, SearchQuery query) {

    public SearchBuilder() {
        this(Audience.HOUSEKEEPING, SearchQuery.builder().limit(100).build());
    }

    public Search build() {
        return new Search(audience, query);
    }

    private SearchBuilder with(SearchQuery.Builder changed) {
        return new SearchBuilder(audience, changed.build());
    }

    SearchBuilder audience(Audience to) {
        return new SearchBuilder(to, query);
    }

    SearchBuilder kinds(String... to) {
        return with(query.with().kinds(Set.of(to)));
    }

    SearchBuilder labels(String... to) {
        return with(query.with().labels(Set.of(to)));
    }

    SearchBuilder about(String... to) {
        return with(query.with().about(Set.of(to)));
    }

    SearchBuilder histogram(Search.Interval to) {
        return with(query.with().histogram(Optional.of(to)));
    }

    SearchBuilder highlighted() {
        return with(query.with().highlight(true));
    }

    public SearchBuilder words(String to) {
        return with(query.with().words(to));
    }

    SearchBuilder observables(String... to) {
        return with(query.with().observables(Set.of(to)));
    }

    SearchBuilder types(String... to) {
        return with(query.with().types(Set.of(to)));
    }

    SearchBuilder producers(String... to) {
        return with(query.with().producers(Set.of(to)));
    }

    SearchBuilder from(String... to) {
        return with(query.with().receivedFrom(Set.of(to)));
    }

    SearchBuilder tlps(Tlp... to) {
        return with(query.with().tlps(Set.of(to)));
    }

    SearchBuilder between(Optional<Long> from, Optional<Long> to) {
        return with(query.with().addedFrom(from).addedTo(to));
    }

    public SearchBuilder facets(Search.Facet... to) {
        return with(query.with().facets(Set.of(to)));
    }

    SearchBuilder before(long to) {
        return with(query.with().before(Optional.of(to)));
    }

    public SearchBuilder limit(int to) {
        return with(query.with().limit(to));
    }
}
