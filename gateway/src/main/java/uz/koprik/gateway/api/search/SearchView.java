package uz.koprik.gateway.api.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.api.common.CentreNames;
import uz.koprik.gateway.api.common.Cursors;
import uz.koprik.gateway.api.common.DisplayTitle;
import uz.koprik.gateway.api.common.MatchVisibility;
import uz.koprik.gateway.api.common.RemarkView;
import uz.koprik.gateway.api.common.SignerView;
import uz.koprik.gateway.api.common.Times;
import uz.koprik.gateway.api.common.UnprovenView;
import uz.koprik.gateway.api.objects.ObjectView;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.observable.forms.ValueRemark;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.stix.ForgivenFaults;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.EntryMetadata;
import uz.koprik.indicators.store.Highlight;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.StoredObject;

/**
 * An answer to a search; the schema {@code SearchAnswer}.
 *
 * @param understood how the question was read
 * @param total how many objects match, as far as the caller may see
 * @param hits newest first
 * @param facets counts by field
 * @param histogram counts by time, when asked for
 * @param next cursor of the next page
 * @param hints why nothing can match, as far as names in filters say; null when there is nothing to say
 */
record SearchView(
        Understood understood,
        long total,
        List<Hit> hits,
        Map<String, List<Count>> facets,
        List<HistogramBucket> histogram,
        String next,
        List<String> hints) {

    private static final int MAX_VALUES_SHOWN = 20;

    static SearchView of(
            AnalystServices services,
            Caller caller,
            SearchQueryBuilder.SearchAnswer answered,
            Map<String, Carriers> carriers,
            List<String> hints) {
        Search.Result result = answered.result();
        List<Entry> entries = result.entries();
        Set<String> wanted = answered.query().observables();
        return new SearchView(
                Understood.of(answered.box(), carriers),
                result.total(),
                entries.stream()
                        .map(entry -> Hit.of(
                                services,
                                caller,
                                entry,
                                wanted,
                                result.highlights().getOrDefault(entry.seq(), List.of())))
                        .toList(),
                facets(services, result),
                answered.query().histogram().isEmpty()
                        ? null
                        : result.histogram().entrySet().stream()
                                .map(stretch ->
                                        new HistogramBucket(stretch.getKey().toString(), stretch.getValue()))
                                .toList(),
                result.more() && !entries.isEmpty()
                        ? Cursors.next(services, caller, entries.getLast().seq())
                        : null,
                hints.isEmpty() ? null : hints);
    }

    private static Map<String, List<Count>> facets(AnalystServices services, Search.Result result) {
        Map<String, List<Count>> facets = new LinkedHashMap<>();
        for (Search.Facet facet : Search.Facet.values()) {
            List<Count> counts = new ArrayList<>();
            result.facets()
                    .getOrDefault(facet, Map.of())
                    .forEach((value, count) -> counts.add(new Count(
                            shown(services, facet, value),
                            count,
                            facet == Search.Facet.PRODUCER
                                    ? CentreNames.owner(services.trust(), Optional.of(value))
                                    : null)));
            facets.put(
                    facet == Search.Facet.RECEIVED_FROM ? "from" : facet.name().toLowerCase(Locale.ROOT), counts);
        }
        return facets;
    }

    private static String shown(AnalystServices services, Search.Facet facet, String value) {
        return switch (facet) {
            case RECEIVED_FROM -> value.isEmpty() ? services.localCentre().name() : value;
            case TLP -> Tlp.valueOf(value).label();
            case TYPE, PRODUCER -> value;
        };
    }

    /**
     * How the question was read; the schema {@code Understood}.
     *
     * @param words words and phrases that must occur, and with a minus what must not
     * @param values of which at least one must be carried
     * @param filters by name, as they were written
     * @param pasted whether it was taken for a pasted text, of which only the values count
     * @param addedFrom first moment, when time is restricted
     * @param addedTo first moment after it
     */
    record Understood(
            String words,
            List<Value> values,
            Map<String, List<String>> filters,
            boolean pasted,
            String addedFrom,
            String addedTo) {

        static Understood of(SearchQueryParser box, Map<String, Carriers> carriers) {
            TimeRange seen = SearchQueryBuilder.seen(box);
            return new Understood(
                    box.words(),
                    box.values().entrySet().stream()
                            .map(value -> Value.of(value.getKey(), value.getValue(), carriers))
                            .toList(),
                    box.filterValues(),
                    box.pasted(),
                    seen.from().map(Object::toString).orElse(null),
                    seen.to().map(Object::toString).orElse(null));
        }
    }

    /**
     * A value looked for; the schema {@code AskedValue}.
     *
     * @param spelling as it was written
     * @param count how many objects carry it, without regard to filters
     * @param lessSure how many objects carry a value that may be the same, counted for each such value; absent for none
     * @param remark what people should know of it besides, such as all coins that share the form of an address
     * @param remarkCodes the same for programs
     */
    record Value(
            String kind,
            String value,
            String spelling,
            long count,
            Long lessSure,
            String remark,
            List<RemarkView> remarkCodes) {

        static Value of(Observable value, String spelling, Map<String, Carriers> carriers) {
            Carriers found = carriers.get(value.comparedAs().key());
            long lessSure = value.perhaps().stream()
                    .map(other -> carriers.get(other.key()))
                    .filter(Objects::nonNull)
                    .mapToLong(Carriers::count)
                    .sum();
            List<ValueRemark> remarks = lessSure == 0 ? value.remarks() : value.perhapsRemarks();
            return new Value(
                    value.kind().code(),
                    value.value(),
                    spelling,
                    found == null ? 0 : found.count(),
                    lessSure == 0 ? null : lessSure,
                    ValueRemark.text(remarks).orElse(null),
                    RemarkView.of(remarks));
        }
    }

    /**
     * How often a value of a facet occurs; the schema {@code Count}.
     *
     * @param centre the centre that owns the producer, for the facet of producers
     */
    record Count(String value, long count, String centre) {}

    /**
     * How many were added in a time range; the schema {@code HistogramBucket}.
     *
     * @param from its first day in UTC
     */
    record HistogramBucket(String from, long count) {}

    /** One object found; the schema {@code Hit}. */
    record Hit(
            Long seq,
            String id,
            String type,
            String title,
            String caseNumber,
            String version,
            String producer,
            String producerCentre,
            String receivedFrom,
            String received,
            boolean revoked,
            String tlp,
            String origin,
            List<SignerView> signedBy,
            UnprovenView unproven,
            List<ObjectView.ValueView> values,
            List<Highlight> highlights,
            List<String> notes) {

        static Hit of(
                AnalystServices services, Caller caller, Entry entry, Set<String> wanted, List<Highlight> highlights) {
            EntryMetadata facts = entry.facts();
            JsonObject json = StoredObject.json(entry);
            List<String> keys = facts.observables().stream()
                    .sorted(Comparator.comparing(key -> !wanted.contains(key))) // stable: those asked for come first
                    .limit(MAX_VALUES_SHOWN)
                    .toList();
            return new Hit(
                    MatchVisibility.seq(caller, entry),
                    facts.id(),
                    facts.type(),
                    DisplayTitle.of(entry, json),
                    facts.unit()
                            .map(unit -> CaseService.stored(entry).file().number())
                            .orElse(null),
                    Times.text(facts.version()),
                    facts.producer().orElse(null),
                    CentreNames.owner(services.trust(), facts.producer()),
                    facts.receivedFrom().isEmpty() ? null : facts.receivedFrom(),
                    Times.text(entry.added()),
                    facts.revoked(),
                    entry.release().tlp().label(),
                    facts.provenance().origin().name().toLowerCase(Locale.ROOT),
                    SignerView.of(facts.provenance()),
                    UnprovenView.of(services.trust(), entry),
                    ObjectView.ValueView.ofKeys(keys),
                    highlights.isEmpty() ? null : highlights,
                    ForgivenFaults.texts(json));
        }
    }
}
