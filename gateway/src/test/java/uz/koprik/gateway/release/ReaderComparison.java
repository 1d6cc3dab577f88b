package uz.koprik.gateway.release;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.slow.SlowModel;
import uz.koprik.indicators.policy.slow.SlowReader;
import uz.koprik.indicators.policy.slow.SlowVersion;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.Versions;

/** Compares the pages of a reader with what the models of many worlds say. */
final class ReaderComparison {

    /** Version 2 of everything has this date, and nothing else has it. */
    private static final long SECOND = micros(2);

    private static final PageFilter ALL = filter(Versions.ALL);
    private static final PageFilter LAST = filter(Versions.LAST);
    private static final int NONE = -1;

    private final Release release;
    private final List<DrawnWorld> worlds;
    private final List<SlowModel> models;

    /** The number of the first version of each object; those of the others are the next ones. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private final List<List<String>> ids = new ArrayList<>();
    private final Map<Long, Integer> bySeq = new HashMap<>();

    private final DrawnRedactions redactions;

    /** @param redactions all that were made until now */
    ReaderComparison(Release release, List<DrawnWorld> worlds, List<SlowModel> models, DrawnRedactions redactions) {
        this.release = release;
        this.worlds = worlds;
        this.models = models;
        this.redactions = redactions;
        int next = 0;
        for (int i = 0; i < worlds.size(); i++) {
            Set<String> some = new LinkedHashSet<>();
            worlds.get(i).items().forEach(item -> some.add(item.id()));
            some.addAll(redactions.ids(i));
            for (String id : some) {
                numbers.put(id, next);
                next += Math.max(2, redactions.versions(id));
            }
            ids.add(List.copyOf(some));
        }
    }

    /** The time of a version, in microseconds since the epoch. */
    static long micros(int version) {
        return Instant.parse("2026-11-0" + version + "T00:00:00Z").getEpochSecond() * 1_000_000;
    }

    private static PageFilter filter(Versions versions) {
        return new PageFilter(Set.of(), Set.of(), Set.of(), versions, 0);
    }

    /** Adds to {@code differences} one for each world in which the reader is given something else at {@code now}. */
    void compare(SlowReader reader, Recipient recipient, Instant now, Map<Integer, String> differences)
            throws StoreUnavailable {
        BitSet all = read(recipient, ALL);
        BitSet last = read(recipient, LAST);
        BitSet expected = new BitSet();
        BitSet expectedLast = new BitSet();
        for (int i = 0; i < worlds.size(); i++) {
            for (String id : ids.get(i)) {
                List<SlowVersion> given = models.get(i).given(reader, id, now);
                given.forEach(version -> expected.set(number(version)));
                if (!given.isEmpty()) {
                    expectedLast.set(number(given.getLast()));
                }
            }
        }
        if (expected.equals(all) && expectedLast.equals(last)) {
            return;
        }
        for (int i = 0; i < worlds.size(); i++) {
            for (String id : ids.get(i)) {
                for (int version = 1; version <= Math.max(2, redactions.versions(id)); version++) {
                    int number = number(id, version);
                    if (expected.get(number) != all.get(number) || expectedLast.get(number) != last.get(number)) {
                        differences.putIfAbsent(
                                i,
                                "for " + reader + " at " + now + " version " + version + " of " + id + ": model "
                                        + said(number, expected, expectedLast) + ", release "
                                        + said(number, all, last) + ", "
                                        + release.explain(id, recipient)
                                                .map(why -> why.decision() + " " + why.effective()));
                    }
                }
            }
        }
    }

    /** The same of objects that a member knows only from matches: what it is given if it says a purpose. */
    void compareMatches(SlowReader.Member member, Recipient recipient, Instant now, Map<Integer, String> differences)
            throws StoreUnavailable {
        for (int i = 0; i < worlds.size(); i++) {
            for (String id : ids.get(i)) {
                boolean expected = models.get(i).isMatchedUnseen(member, id, now);
                if (expected != release.needsPurpose(recipient, id)) {
                    differences.putIfAbsent(
                            i,
                            "a match with " + id + " for " + member + " at " + now + ": model "
                                    + (expected ? "without the object" : "not hidden by a purpose"));
                }
            }
        }
    }

    private static String said(int number, BitSet all, BitSet last) {
        return all.get(number) + (last.get(number) ? " (latest)" : "");
    }

    private int number(SlowVersion version) {
        return number(version.id(), version.number());
    }

    private int number(String id, int version) {
        return numbers.get(id) + version - 1;
    }

    private BitSet read(Recipient recipient, PageFilter filter) throws StoreUnavailable {
        BitSet seen = new BitSet();
        ReleasedSelection selection = release.select(recipient, filter);
        long after = 0;
        for (boolean more = true; more; ) {
            Page page = release.page(selection, after, 1000);
            for (Entry entry : page.entries()) {
                int number = bySeq.computeIfAbsent(entry.seq(), seq -> number(entry));
                if (number != NONE) {
                    seen.set(number);
                }
            }
            more = page.more();
            after = page.nextAfter();
        }
        return seen;
    }

    /** {@link #NONE} for what belongs to no world, and for what stands for a redaction that was taken back. */
    private int number(Entry entry) {
        String id = entry.facts().id();
        if (!numbers.containsKey(id)) {
            return NONE;
        }
        if (redactions.versions(id) > 0) {
            return redactions
                    .number(id, entry.facts().version())
                    .map(version -> number(id, version))
                    .orElse(NONE);
        }
        return number(id, entry.facts().version() == SECOND ? 2 : 1);
    }
}
