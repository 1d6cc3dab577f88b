package uz.koprik.gateway.api.cases;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.indicators.cases.CaseObservable;
import uz.koprik.indicators.observable.Observable;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Finds the cases that share values with a case, among those that the caller may see. A value that few of them have
 * counts more than one that many have. Values that a warning list names do not count.
 */
final class SimilarCases {

    /** Values of one search. */
    private static final int BATCH = 500;

    /** Cases that are compared at most. */
    private static final int COMPARED = 2000;

    private final AnalystServices services;
    private final Caller caller;
    private final CaseService.StoredCase file;
    /** From what another case may carry to the value here. */
    private final Map<String, CaseObservable> here = new HashMap<>();

    SimilarCases(AnalystServices services, Caller caller, CaseService.StoredCase file) {
        this.services = services;
        this.caller = caller;
        this.file = file;
    }

    /**
     * A value that both have.
     *
     * @param here in this case
     * @param there in the other; may be another spelling
     */
    record Shared(CaseObservable here, CaseObservable there) {}

    /** Another case and the values that both have. */
    record Similar(CaseService.StoredCase other, List<Shared> shared) {}

    /**
     * What was found.
     *
     * @param cases the most similar first
     * @param more whether there were more than are compared
     */
    record Found(List<Similar> cases, boolean more) {}

    Found find() throws StoreUnavailable {
        for (CaseObservable one : file.file().observables()) {
            if (services.release().silencedBy(one.observable()).isEmpty()) {
                Stream.concat(one.observable().indexed().stream(), one.observable().perhaps().stream())
                        .map(Observable::key)
                        .forEach(key -> here.putIfAbsent(key, one));
            }
        }
        Map<String, CaseService.StoredCase> others = new LinkedHashMap<>();
        boolean more = false;
        List<String> keys = here.keySet().stream().sorted().toList();
        for (int from = 0; from < keys.size(); from += BATCH) {
            more |= carriers(Set.copyOf(keys.subList(from, Math.min(keys.size(), from + BATCH))), others);
        }
        List<Similar> similar = new ArrayList<>();
        for (CaseService.StoredCase other : others.values()) {
            List<Shared> shared = shared(other);
            if (!shared.isEmpty()) {
                similar.add(new Similar(other, shared));
            }
        }
        return new Found(sorted(similar), more);
    }

    /** Whether there are more cases with one of the keys than may be compared. */
    private boolean carriers(Set<String> keys, Map<String, CaseService.StoredCase> others) throws StoreUnavailable {
        Optional<Long> before = Optional.empty();
        while (others.size() < COMPARED) {
            Search.Result found = services.release()
                    .search(
                            caller.recipient(),
                            SearchQuery.builder()
                                    .observables(keys)
                                    .types(Set.of("incident"))
                                    .producers(Set.of(services.localCentre().identity()))
                                    .receivedFrom(Set.of(""))
                                    .before(before)
                                    .limit(BATCH)
                                    .build());
            for (Entry entry : found.entries()) {
                CaseFilter.read(entry)
                        .filter(one -> !one.object().id().equals(file.object().id()))
                        .filter(one -> one.file().mergedInto().isEmpty())
                        .ifPresent(one -> others.put(one.object().id(), one));
            }
            if (found.entries().isEmpty() || !found.more()) {
                return false;
            }
            before = Optional.of(found.entries().getLast().seq());
        }
        return true;
    }

    private List<Shared> shared(CaseService.StoredCase other) {
        List<Shared> shared = new ArrayList<>();
        Set<Observable> told = new HashSet<>();
        for (CaseObservable there : other.file().observables()) {
            there.observable().indexed().stream()
                    .map(key -> here.get(key.key()))
                    .filter(one -> one != null)
                    .findFirst()
                    .filter(one -> told.add(one.observable()))
                    .ifPresent(one -> shared.add(new Shared(one, there)));
        }
        return shared;
    }

    private static List<Similar> sorted(List<Similar> similar) {
        Map<Observable, Long> carriers = similar.stream()
                .flatMap(one -> one.shared().stream())
                .collect(Collectors.groupingBy(shared -> shared.here().observable(), Collectors.counting()));
        Comparator<Similar> byWeight = Comparator.comparingDouble(one -> one.shared().stream()
                .mapToDouble(shared -> 1.0 / carriers.get(shared.here().observable()))
                .sum());
        return similar.stream()
                .sorted(byWeight.reversed()
                        .thenComparing(one -> one.other().file().number())
                        .thenComparing(one -> one.other().file().opened())
                        .thenComparing(one -> one.other().object().id()))
                .toList();
    }
}
