package uz.koprik.gateway.api.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.api.common.AnalystServices;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.cases.CaseService;
import uz.koprik.indicators.cases.CaseFile;
import uz.koprik.indicators.store.Carriers;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Search;
import uz.koprik.indicators.store.SearchQuery;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * The case files that carry values, as far as the caller may see. A value in a million reports may be in one case file
 * that is older than all of them: the newest objects of a value do not say so.
 */
final class CasesOfValues {

    /** STIX type of case files. */
    private static final String INCIDENT = "incident";

    private static final int MOST_LISTED = 5;
    private static final int KEYS_OF_A_QUERY = 1000;
    private static final int PAGE = 500;

    /** Of a caller who works on no cases. */
    private static final CasesOfValues UNKNOWN = new CasesOfValues(false);

    private final boolean known;
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<String, List<CaseView>> first = new HashMap<>();
    /** Those that are listed, by the number of the entry: a case file of a thousand values is read once. */
    private final Map<Long, CaseView> views = new HashMap<>();

    private CasesOfValues(boolean known) {
        this.known = known;
    }

    /**
     * A case file with a value; the schema {@code ValueCase}.
     *
     * @param id STIX id
     * @param number identifies it for people
     * @param title short
     * @param unit that leads it; absent for none
     * @param status open or closed
     */
    record CaseView(String id, String number, String title, String unit, String status) {

        static CaseView of(Entry entry) {
            CaseFile file = CaseService.stored(entry).file();
            return new CaseView(
                    entry.facts().id(),
                    file.number(),
                    file.title(),
                    file.ownerUnit().isEmpty() ? null : file.ownerUnit(),
                    file.status().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Looks for the values that anything carries. A search is made for those only of which {@code carriers} lists some
     * and not all.
     */
    static CasesOfValues of(AnalystServices services, Caller caller, Map<String, Carriers> carriers)
            throws StoreUnavailable {
        if (!caller.may(Right.CASES)) {
            return UNKNOWN;
        }
        CasesOfValues found = new CasesOfValues(true);
        List<String> keys = new ArrayList<>();
        carriers.forEach((key, one) -> {
            if (one.count() > one.freshest().size()) {
                keys.add(key);
            } else {
                one.freshest().stream().filter(CasesOfValues::isCase).forEach(entry -> found.add(key, entry));
            }
        });
        for (int from = 0; from < keys.size(); from += KEYS_OF_A_QUERY) {
            found.look(
                    services, caller, new HashSet<>(keys.subList(from, Math.min(from + KEYS_OF_A_QUERY, keys.size()))));
        }
        return found;
    }

    private static boolean isCase(Entry entry) {
        return entry.facts().type().equals(INCIDENT) && entry.facts().unit().isPresent();
    }

    private void look(AnalystServices services, Caller caller, Set<String> keys) throws StoreUnavailable {
        Optional<Long> before = Optional.empty();
        boolean more = true;
        while (more) {
            Search.Result page = services.release()
                    .search(
                            caller.recipient(),
                            SearchQuery.builder()
                                    .observables(keys)
                                    .types(Set.of(INCIDENT))
                                    .before(before)
                                    .limit(PAGE)
                                    .build());
            page.entries().stream().filter(CasesOfValues::isCase).forEach(entry -> entry.facts().observables().stream()
                    .filter(keys::contains)
                    .forEach(key -> add(key, entry)));
            more = page.more() && !page.entries().isEmpty();
            if (more) {
                before = Optional.of(page.entries().getLast().seq());
            }
        }
    }

    private void add(String key, Entry entry) {
        counts.merge(key, 1L, Long::sum);
        List<CaseView> listed = first.computeIfAbsent(key, none -> new ArrayList<>());
        if (listed.size() < MOST_LISTED) {
            listed.add(views.computeIfAbsent(entry.seq(), seq -> CaseView.of(entry)));
        }
    }

    /** How many carry the value; null for a caller who works on no cases. */
    Long count(String key) {
        return known ? counts.getOrDefault(key, 0L) : null;
    }

    /** The newest of them; null for none. */
    List<CaseView> first(String key) {
        return first.get(key);
    }
}
