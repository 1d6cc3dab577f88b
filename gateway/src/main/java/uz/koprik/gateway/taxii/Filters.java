package uz.koprik.gateway.taxii;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.http.Problem;
import uz.koprik.indicators.stix.values.StixId;
import uz.koprik.indicators.store.Versions;

/**
 * What a client asks for (TAXII 2.1, section 3.4): fields are joined by AND, the values of one by OR.
 *
 * @param types of {@code match[type]}; empty for all
 * @param ids of {@code match[id]}; empty for all
 * @param specVersions of {@code match[spec_version]}; empty for all
 * @param versions of {@code match[version]}, {@link Versions#LAST} when nothing is said
 * @param versionsGiven whether {@code match[version]} was there
 * @param addedAfter microseconds since the epoch; 0 for all
 * @param afterSeq the sequence number that {@code next} stands for; 0 at the beginning
 * @param limit how many at most
 */
record Filters(
        Set<String> types,
        Set<String> ids,
        Set<String> specVersions,
        Versions versions,
        boolean versionsGiven,
        long addedAfter,
        long afterSeq,
        int limit) {

    private static final Predicate<String> TYPE =
            Pattern.compile("[a-z0-9-]{3,250}").asMatchPredicate();
    private static final Predicate<String> SPEC_VERSION =
            Pattern.compile("\\d{1,2}\\.\\d{1,2}").asMatchPredicate();
    /** The query parameters of TAXII 2.1, section 3.4; a route declares them. */
    static final String[] PARAMETERS = {
        "added_after", "limit", "next", "match[id]", "match[type]", "match[version]", "match[spec_version]"
    };

    /**
     * Reads them from the query.
     *
     * @throws Problem 400 when one is malformed; the route has refused those that do not exist and those that are there
     *     twice
     */
    static Filters read(RoutingContext request, Config.Limits limits, Cursor cursor) {
        MultiMap query = request.queryParams();
        if (query.isEmpty()) {
            return new Filters(Set.of(), Set.of(), Set.of(), Versions.LAST, false, 0, 0, limits.pageDefault());
        }
        String added = query.get("added_after");
        String next = query.get("next");
        String version = query.get("match[version]");
        return new Filters(
                values(query, "match[type]", TYPE, "a STIX type"),
                values(query, "match[id]", StixId::isId, "a STIX id, whose UUID is in lower case"),
                values(query, "match[spec_version]", SPEC_VERSION, "a version of STIX, such as 2.1"),
                version == null ? Versions.LAST : versions(version),
                version != null,
                added == null ? 0 : timestamp("added_after", added),
                next == null ? 0 : cursor.read(next),
                limit(query.get("limit"), limits));
    }

    private static Set<String> values(MultiMap query, String name, Predicate<String> shape, String inWords) {
        String text = query.get(name);
        if (text == null) {
            return Set.of();
        }
        Set<String> values = new LinkedHashSet<>();
        for (String value : text.split(",", -1)) {
            if (!shape.test(value)) {
                throw malformed(name, "each of its comma-separated values must be " + inWords);
            }
            values.add(value);
        }
        return values;
    }

    private static Versions versions(String text) {
        boolean all = false;
        boolean first = false;
        boolean last = false;
        Set<Long> exactly = new HashSet<>();
        for (String value : text.split(",", -1)) {
            switch (value) {
                case "all" -> all = true;
                case "first" -> first = true;
                case "last" -> last = true;
                default -> exactly.add(timestamp("match[version]", value));
            }
        }
        if (all && (first || last || !exactly.isEmpty())) {
            throw malformed("match[version]", "\"all\" stands alone");
        }
        return new Versions(all, first, last, exactly);
    }

    private static long timestamp(String name, String text) {
        OptionalLong micros = Timestamps.parse(text);
        return micros.orElseThrow(() -> malformed(
                name,
                "must be a timestamp in UTC, such as 2026-11-22T08:00:00.000000Z"
                        + (name.equals("match[version]") ? ", or first, last, all" : "")));
    }

    private static int limit(String text, Config.Limits limits) {
        if (text == null) {
            return limits.pageDefault();
        }
        if (!text.matches("[0-9]{1,18}") || Long.parseLong(text) == 0) {
            throw malformed("limit", "must be a whole number above 0");
        }
        return (int) Math.min(Long.parseLong(text), limits.pageMax());
    }

    private static Problem malformed(String name, String rule) {
        return new Problem(400, "Bad request", "the parameter " + name + ": " + rule);
    }
}
