package uz.koprik.gateway.retention;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.gateway.release.ErasedObjectTerms;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.ErasureOrder;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Erases what is due, and what people order. Each batch is noted before and after, so that the next run finishes one in
 * which the process ended. One erasure at a time; blocks.
 */
final class RetentionEraser {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionEraser.class);

    /**
     * Objects that are erased together: the store writes its files anew once for all of them. As many as fit into
     * memory with their digests.
     */
    static final int ROUND = 100_000;

    private final InternalStore store;
    private final RetentionPlanner planner;
    private final RetentionPapers papers;
    private final ErasedObjectTerms terms;
    private final ErasedContents contents;
    private final InstantSource clock;
    /** Ids of batches that are known to be done. */
    private final Set<String> finished = new HashSet<>();

    RetentionEraser(
            InternalStore store,
            RetentionPlanner planner,
            RetentionPapers papers,
            ErasedObjectTerms terms,
            ErasedContents contents,
            InstantSource clock) {
        this.store = store;
        this.planner = planner;
        this.papers = papers;
        this.terms = terms;
        this.contents = contents;
        this.clock = clock;
    }

    /**
     * Erases all that is due now and that no legal hold stops.
     *
     * @param by the account that asks for it; empty for the daily run
     */
    synchronized RetentionRun run(String by) throws StoreUnavailable, IOException {
        Instant begun = clock.instant();
        resume();
        List<String> candidates = List.copyOf(planner.candidates(begun));
        Map<String, Long> erased = new TreeMap<>();
        long held = 0;
        HoldReach reach = planner.reach();
        for (int from = 0; from < candidates.size(); from += ROUND) {
            Round round = judge(candidates.subList(from, Math.min(candidates.size(), from + ROUND)), begun, reach);
            reach = round.reach();
            held += round.held();
            erase(round.byRule(), by);
            round.byRule().forEach((rule, ids) -> erased.merge(rule, (long) ids.size(), Long::sum));
        }
        RetentionRun run = new RetentionRun(by, begun, clock.instant(), erased, held);
        papers.add(run);
        LOG.info(
                "retention: {} objects were erased, {} are stopped by a legal hold ({})",
                run.total(),
                run.held(),
                by.isEmpty() ? "daily run" : "account " + by);
        return run;
    }

    /**
     * What is erased together.
     *
     * @param byRule ids, by the words of the rule
     * @param held number of objects that a hold stops
     * @param reach of the holds by which it was judged
     */
    private record Round(Map<String, List<String>> byRule, long held, HoldReach reach) {}

    /**
     * Judges objects by what is now: a hold that somebody sets meanwhile counts, and what comes again meanwhile stays.
     * Keeps the terms of those that go.
     */
    private Round judge(List<String> ids, Instant moment, HoldReach before) throws StoreUnavailable {
        long seen = store.status().lastSeq();
        HoldReach reach = before;
        List<DueObject> going;
        long held;
        boolean changed;
        do {
            List<DueObject> due = planner.due(ids, moment, reach);
            going = due.stream().filter(one -> one.hold().isEmpty()).toList();
            held = (long) due.size() - going.size();
            terms.remember(going.stream().collect(Collectors.toMap(DueObject::id, DueObject::terms)));
            HoldReach now = planner.reach(reach);
            changed = now != reach;
            reach = now;
        } while (changed);
        Set<String> again = planner.since(seen);
        Map<String, List<String>> byRule = new TreeMap<>();
        going.stream().filter(one -> !again.contains(one.id())).forEach(one -> byRule.computeIfAbsent(
                        one.due().rule().words(), words -> new ArrayList<>())
                .add(one.id()));
        return new Round(byRule, held, reach);
    }

    private void erase(Map<String, List<String>> byRule, String by) throws StoreUnavailable, IOException {
        List<ErasureBatch> begun = new ArrayList<>();
        for (Map.Entry<String, List<String>> rule : byRule.entrySet()) {
            List<String> ids = rule.getValue();
            for (int from = 0; from < ids.size(); from += RetentionPapers.MOST) {
                begun.add(papers.begin(
                        rule.getKey(),
                        by.isEmpty() ? "retention" : by,
                        clock.instant(),
                        ids.subList(from, Math.min(ids.size(), from + RetentionPapers.MOST))));
            }
        }
        finish(begun, Set.of());
    }

    /**
     * Erases single objects on order: all of them, or none.
     *
     * @param rule in words: on which order
     * @param by the account
     * @throws NotErased when a legal hold stops one, or the centre needs it
     */
    synchronized ErasureBatch order(List<String> ids, String rule, String by)
            throws StoreUnavailable, IOException, NotErased {
        resume();
        Map<String, List<Entry>> statements = store.statements(ids);
        List<Entry> all = statements.values().stream().flatMap(List::stream).toList();
        for (Entry entry : all) {
            String why = planner.needed(entry).orElse("");
            if (!why.isEmpty()) {
                throw new NotErased(entry.facts().id() + " is not erased: " + why);
            }
        }
        Optional<Map.Entry<String, LegalHold>> stopped =
                planner.reach().stops(ids, store, statements).entrySet().stream()
                        .findFirst();
        if (stopped.isPresent()) {
            throw new NotErased(stopped.get().getKey(), stopped.get().getValue());
        }
        Map<String, List<ReleaseTerms>> known = new TreeMap<>();
        statements.forEach((id, some) -> {
            if (!some.isEmpty()) {
                known.put(id, RetentionPlanner.terms(some));
            }
        });
        terms.remember(known);
        return finish(List.of(papers.begin(rule, by, clock.instant(), ids)), Set.of())
                .getFirst();
    }

    /** @param spared ids that the store does not erase, as it did before */
    private List<ErasureBatch> finish(List<ErasureBatch> begun, Set<String> spared)
            throws StoreUnavailable, IOException {
        if (begun.isEmpty()) {
            return begun;
        }
        store.erase(begun.stream()
                .map(batch -> batch.without(spared))
                .filter(batch -> !batch.objects().isEmpty())
                .map(batch -> new ErasureOrder(batch.objects(), batch.rule(), batch.by()))
                .toList());
        Instant now = clock.instant();
        List<ErasureBatch> done = new ArrayList<>();
        for (ErasureBatch batch : begun) {
            done.add(papers.finish(batch, now));
        }
        contents.erase(done);
        done.forEach(batch ->
                LOG.info("{} objects were erased by {}: {}", batch.objects().size(), batch.by(), batch.rule()));
        return done;
    }

    /**
     * A batch that was interrupted, without what a hold protects by now and what came again in a later version. Of what
     * the store erased before it came again, the rest is cleaned.
     *
     * @param again receives that: the store erases it no more
     */
    private ErasureBatch left(ErasureBatch batch, Set<String> again) throws StoreUnavailable {
        Map<String, List<Entry>> statements = store.statements(batch.objects());
        Set<String> stay = new HashSet<>(
                planner.reach().stops(batch.objects(), store, statements).keySet());
        statements.forEach((id, all) -> {
            if (all.stream().anyMatch(entry -> RetentionPlanner.received(entry).isAfter(batch.at()))) {
                stay.add(id);
            }
        });
        store.erasures(batch.objects()).forEach((id, erasure) -> {
            if (!erasure.at().isBefore(batch.at()) && stay.remove(id)) {
                again.add(id);
            }
        });
        LOG.warn(
                "the erasure {} was interrupted and is finished now; {} of its objects stay, by a hold or a later version",
                batch.id(),
                stay.size() + again.size());
        return batch.without(stay);
    }

    /** Finishes batches in which a process ended. */
    private void resume() throws StoreUnavailable, IOException {
        List<String> unknown =
                papers.batchIds().stream().filter(id -> !finished.contains(id)).toList();
        for (List<String> part : RetentionPapers.parts(unknown)) {
            List<ErasureBatch> batches = papers.batches(part);
            List<ErasureBatch> open =
                    batches.stream().filter(batch -> !batch.done()).toList();
            List<ErasureBatch> left = new ArrayList<>();
            Set<String> again = new HashSet<>();
            for (ErasureBatch batch : open) {
                left.add(left(batch, again));
            }
            finish(left, again);
            batches.forEach(batch -> finished.add(batch.id()));
        }
    }
}
