package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.List;

/**
 * A case that was merged into another one. The other case says so in its list, and the merged one names the other.
 *
 * @param number of the case at the other end
 * @param id its STIX id, since units may count alike
 * @param by the account that merged them
 * @param at when
 * @param values keys of the values that only the merged case had, {@code kind:value}; empty in the merged case
 * @param notes which notes came from it
 * @param shares which shares came from it
 * @param remarks where the two contradicted one another, and what holds now; sentences for people
 */
public record CaseMerge(
        String number,
        String id,
        String by,
        Instant at,
        List<String> values,
        Span notes,
        Span shares,
        List<String> remarks) {

    /**
     * Items of a list that only grows at its end.
     *
     * @param from place of the first one, from 0
     * @param count how many
     */
    public record Span(int from, int count) {

        static final Span NONE = new Span(0, 0);

        /** Whether the item of that place is one of them. */
        public boolean has(int place) {
            return place >= from && place < from + count;
        }
    }

    public CaseMerge {
        values = List.copyOf(values);
        remarks = List.copyOf(remarks);
    }

    /** What the merged case keeps: where it went. */
    static CaseMerge into(CaseFile target, String targetId, String by, Instant at) {
        return new CaseMerge(target.number(), targetId, by, at, List.of(), Span.NONE, Span.NONE, List.of());
    }
}
