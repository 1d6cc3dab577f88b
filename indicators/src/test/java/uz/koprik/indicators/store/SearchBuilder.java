package uz.koprik.indicators.store;

import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.policy.Audience;
import uz.koprik.indicators.policy.Tlp;

/** A search that asks for everything, narrowed one field at a time. */
record SearchBuilder(Search build) {

    SearchBuilder() {
        this(new Search(Audience.HOUSEKEEPING, "", Set.of(), Set.of(), Set.of(), Set.of(), Set.of(),
                Optional.empty(), Optional.empty(), Set.of(), Optional.empty(), 100));
    }

    private SearchBuilder with(String words, Set<String> observables, Set<String> types, Set<String> producers, Set<String> from,
            Set<Tlp> tlps, Optional<Long> addedFrom, Optional<Long> addedTo, Set<Search.Facet> facets, Optional<Long> before, int limit) {
        return new SearchBuilder(new Search(build.audience(), words, observables, types, producers, from, tlps, addedFrom, addedTo,
                facets, before, limit, build.kinds(), build.labels(), build.about(), build.histogram(), build.highlight()));
    }

    private SearchBuilder with(Set<String> kinds, Set<String> labels, Set<String> about, Optional<Search.Interval> histogram,
            boolean highlight) {
        return new SearchBuilder(new Search(build.audience(), build.words(), build.observables(), build.types(), build.producers(),
                build.receivedFrom(), build.tlps(), build.addedFrom(), build.addedTo(), build.facets(), build.before(), build.limit(),
                kinds, labels, about, histogram, highlight));
    }

    SearchBuilder audience(Audience to) {
        return new SearchBuilder(build.as(to));
    }

    SearchBuilder kinds(String... to) {
        return with(Set.of(to), build.labels(), build.about(), build.histogram(), build.highlight());
    }

    SearchBuilder labels(String... to) {
        return with(build.kinds(), Set.of(to), build.about(), build.histogram(), build.highlight());
    }

    SearchBuilder about(String... to) {
        return with(build.kinds(), build.labels(), Set.of(to), build.histogram(), build.highlight());
    }

    SearchBuilder histogram(Search.Interval to) {
        return with(build.kinds(), build.labels(), build.about(), Optional.of(to), build.highlight());
    }

    SearchBuilder highlighted() {
        return with(build.kinds(), build.labels(), build.about(), build.histogram(), true);
    }

    SearchBuilder words(String to) {
        return with(to, build.observables(), build.types(), build.producers(), build.receivedFrom(), build.tlps(),
                build.addedFrom(), build.addedTo(), build.facets(), build.before(), build.limit());
    }

    SearchBuilder observables(String... to) {
        return with(build.words(), Set.of(to), build.types(), build.producers(), build.receivedFrom(), build.tlps(),
                build.addedFrom(), build.addedTo(), build.facets(), build.before(), build.limit());
    }

    SearchBuilder types(String... to) {
        return with(build.words(), build.observables(), Set.of(to), build.producers(), build.receivedFrom(), build.tlps(),
                build.addedFrom(), build.addedTo(), build.facets(), build.before(), build.limit());
    }

    SearchBuilder producers(String... to) {
        return with(build.words(), build.observables(), build.types(), Set.of(to), build.receivedFrom(), build.tlps(),
                build.addedFrom(), build.addedTo(), build.facets(), build.before(), build.limit());
    }

    SearchBuilder from(String... to) {
        return with(build.words(), build.observables(), build.types(), build.producers(), Set.of(to), build.tlps(),
                build.addedFrom(), build.addedTo(), build.facets(), build.before(), build.limit());
    }

    SearchBuilder tlps(Tlp... to) {
        return with(build.words(), build.observables(), build.types(), build.producers(), build.receivedFrom(), Set.of(to),
                build.addedFrom(), build.addedTo(), build.facets(), build.before(), build.limit());
    }

    SearchBuilder between(Optional<Long> from, Optional<Long> to) {
        return with(build.words(), build.observables(), build.types(), build.producers(), build.receivedFrom(), build.tlps(),
                from, to, build.facets(), build.before(), build.limit());
    }

    SearchBuilder facets(Search.Facet... to) {
        return with(build.words(), build.observables(), build.types(), build.producers(), build.receivedFrom(), build.tlps(),
                build.addedFrom(), build.addedTo(), Set.of(to), build.before(), build.limit());
    }

    SearchBuilder before(long to) {
        return with(build.words(), build.observables(), build.types(), build.producers(), build.receivedFrom(), build.tlps(),
                build.addedFrom(), build.addedTo(), build.facets(), Optional.of(to), build.limit());
    }

    SearchBuilder limit(int to) {
        return with(build.words(), build.observables(), build.types(), build.producers(), build.receivedFrom(), build.tlps(),
                build.addedFrom(), build.addedTo(), build.facets(), build.before(), to);
    }
}
