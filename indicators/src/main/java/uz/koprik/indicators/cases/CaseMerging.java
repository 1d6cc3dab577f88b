package uz.koprik.indicators.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.indicators.observable.Observable;

/**
 * Merges a case into another one. Values, losses, links, notes and shares of both are in the other case then; where the
 * two contradict one another, the other case holds and a remark says so. The merged case stays as it was, closed, and
 * names the other.
 */
public final class CaseMerging {

    private static final int MAX_NOTE = 200;

    private final CaseFile from;
    private final CaseFile into;
    private final List<String> remarks = new ArrayList<>();
    private final List<String> moved = new ArrayList<>();

    /**
     * Both cases afterwards.
     *
     * @param from the merged case, closed
     * @param into the case that holds all
     */
    public record Merged(CaseFile from, CaseFile into) {}

    private CaseMerging(CaseFile from, CaseFile into) {
        this.from = from;
        this.into = into;
    }

    /**
     * Merges; what was merged before is not added a second time.
     *
     * @param fromId STIX id of the case that is merged
     * @param intoId STIX id of the other one
     * @param by the account that merges them
     */
    public static Merged merge(CaseFile from, String fromId, CaseFile into, String intoId, String by, Instant now) {
        CaseMerging merging = new CaseMerging(from, into);
        CaseFile all = merging.all(fromId, by, now);
        CaseDraft rest = from.draft().mergedInto(CaseMerge.into(into, intoId, by, now));
        if (from.closed().isEmpty()) {
            rest.closed(now.isBefore(from.opened()) ? from.opened() : now);
        }
        return new Merged(rest.build(), all);
    }

    private CaseFile all(String fromId, String by, Instant now) {
        if (!from.crimeType().equals(into.crimeType())) {
            say(MergeRemark.TYPE, Map.of("number", from.number(), "was", from.crimeType(), "holds", into.crimeType()));
        }
        List<CaseObservable> values = values();
        List<Loss> losses = losses();
        List<CaseNote> notes = more(into.notes(), from.notes());
        List<CaseShare> shares = more(into.shares(), from.shares());
        CaseMerge merge = new CaseMerge(
                from.number(),
                fromId,
                by,
                now,
                moved,
                new CaseMerge.Span(
                        into.notes().size(), notes.size() - into.notes().size()),
                new CaseMerge.Span(
                        into.shares().size(), shares.size() - into.shares().size()),
                remarks);
        List<CaseMerge> merged = new ArrayList<>(into.merged());
        boolean before = merged.stream().anyMatch(one -> one.id().equals(fromId));
        if (!before
                || !moved.isEmpty()
                || merge.notes().count() > 0
                || merge.shares().count() > 0) {
            merged.add(merge);
        }
        Set<String> links = new LinkedHashSet<>(into.cases());
        links.addAll(from.cases());
        links.remove(from.number());
        links.remove(into.number());
        return into.draft()
                .observables(values)
                .losses(losses)
                .incidents(more(into.incidents(), from.incidents()))
                .cases(List.copyOf(links))
                .notes(notes)
                .shares(shares)
                .merged(merged)
                .build();
    }

    private List<CaseObservable> values() {
        Map<Observable, CaseObservable> all = new LinkedHashMap<>();
        into.observables().forEach(one -> all.put(one.observable(), one));
        for (CaseObservable one : from.observables()) {
            CaseObservable there = all.get(one.observable());
            if (there == null) {
                moved.add(one.observable().key());
            }
            all.put(one.observable(), there == null ? one : both(there, one));
        }
        return List.copyOf(all.values());
    }

    private CaseObservable both(CaseObservable there, CaseObservable one) {
        Optional<CaseObservable.Role> role = there.role().or(one::role);
        if (one.role().isPresent() && !one.role().equals(role)) {
            say(
                    MergeRemark.ROLE,
                    Map.of(
                            "kind",
                            there.observable().kind().code(),
                            "value",
                            there.observable().value(),
                            "was",
                            one.role().map(CaseObservable.Role::word).orElse(""),
                            "number",
                            from.number(),
                            "holds",
                            role.map(CaseObservable.Role::word).orElse("")));
        }
        boolean same = one.note().isEmpty() || there.note().contains(one.note());
        String note = same
                ? there.note()
                : there.note().isEmpty() ? one.note() : there.note() + " (" + from.number() + ": " + one.note() + ')';
        return new CaseObservable(there.observable(), role, note);
    }

    /** Of two different losses with one note and currency, the second gets the number of its case into its note. */
    private List<Loss> losses() {
        List<Loss> all = new ArrayList<>(into.losses());
        for (Loss one : from.losses()) {
            Optional<Loss> same = all.stream().filter(one::sameAs).findFirst();
            if (same.isEmpty()) {
                all.add(one);
            } else if (same.get().equals(one)) {
                say(
                        MergeRemark.SAME_LOSS,
                        Map.of("loss", one.text() + (one.note().isEmpty() ? "" : " (" + one.note() + ")")));
            } else {
                Loss told = new Loss(
                        one.amount(), one.currency(), (shortened(one.note()) + " (" + from.number() + ')').strip());
                if (all.stream().noneMatch(told::sameAs)) {
                    say(
                            MergeRemark.LIKE_LOSS,
                            Map.of(
                                    "loss",
                                    one.text(),
                                    "number",
                                    from.number(),
                                    "other",
                                    same.get().text()));
                    all.add(told);
                }
            }
        }
        return all;
    }

    private void say(MergeRemark kind, Map<String, String> details) {
        remarks.add(kind.with(details).text());
    }

    private static String shortened(String note) {
        return note.length() <= MAX_NOTE ? note : note.substring(0, MAX_NOTE);
    }

    private static <T> List<T> more(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        second.stream().filter(one -> !first.contains(one)).forEach(all::add);
        return all;
    }
}
