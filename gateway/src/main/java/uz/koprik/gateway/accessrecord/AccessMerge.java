package uz.koprik.gateway.accessrecord;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The records of several gateways as one, newest entries first. */
final class AccessMerge {

    private AccessMerge() {}

    /** What one gateway answered; {@code taken} of it are in the answer for all. */
    private static final class Part {
        final AccessQuery.Page page;
        final Map<String, Long> place;
        int taken;

        Part(AccessQuery.Page page, Optional<String> place) {
            this.page = page;
            this.place = new TreeMap<>(place.map(AccessQuery::place).orElse(Map.of()));
        }

        boolean more() {
            return taken < page.entries().size();
        }

        AccessQuery.Found head() {
            return page.entries().get(taken);
        }

        void take() {
            place.put(head().stream(), head().entry().number());
            taken++;
        }
    }

    /**
     * Puts pages together.
     *
     * @param pages by gateway
     * @param places where these pages began, by gateway
     * @param limit most entries
     * @return the entries, each with its gateway, and where each gateway goes on
     */
    static AccessGateways.Answer merge(
            Map<String, AccessQuery.Page> pages, Map<String, String> places, int limit, List<String> missing) {
        Map<String, Part> parts = new LinkedHashMap<>();
        pages.forEach((gateway, page) -> parts.put(gateway, new Part(page, Optional.ofNullable(places.get(gateway)))));
        List<AccessGateways.Entry> entries = new ArrayList<>();
        while (entries.size() < limit) {
            // A page that ended before its record did hides what follows: nothing older may be shown before it.
            if (parts.values().stream()
                    .anyMatch(part -> !part.more() && part.page.next().isPresent())) {
                break;
            }
            Optional<Map.Entry<String, Part>> newest = parts.entrySet().stream()
                    .filter(one -> one.getValue().more())
                    .max((one, other) -> one.getValue()
                            .head()
                            .entry()
                            .at()
                            .compareTo(other.getValue().head().entry().at()));
            if (newest.isEmpty()) {
                break;
            }
            Part part = newest.get().getValue();
            entries.add(new AccessGateways.Entry(newest.get().getKey(), part.head()));
            part.take();
        }
        boolean more = parts.values().stream()
                .anyMatch(part -> part.more() || part.page.next().isPresent());
        Map<String, String> next = new TreeMap<>(places);
        parts.forEach((gateway, part) -> {
            if (!part.place.isEmpty()) {
                next.put(gateway, text(part.place));
            }
        });
        return new AccessGateways.Answer(entries, more ? Optional.of(next) : Optional.empty(), missing);
    }

    private static String text(Map<String, Long> place) {
        return place.entrySet().stream()
                .map(one -> one.getKey() + "." + one.getValue())
                .collect(Collectors.joining("~"));
    }
}
