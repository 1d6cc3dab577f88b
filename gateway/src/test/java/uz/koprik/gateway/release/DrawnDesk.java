package uz.koprik.gateway.release;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.desk.DeskItem;
import uz.koprik.gateway.desk.DeskObject;
import uz.koprik.gateway.desk.DeskPapers;
import uz.koprik.gateway.desk.ReleaseQueue;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.partners.LocalCentre;
import uz.koprik.indicators.policy.DeskRule;
import uz.koprik.indicators.policy.ReleaseTerms;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowDesk;
import uz.koprik.indicators.policy.slow.SlowDesk.Decided;
import uz.koprik.indicators.policy.slow.SlowModel;
import uz.koprik.indicators.policy.slow.SlowReader;
import uz.koprik.indicators.store.InternalStore;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.MemoryStateStore;

/** The release desk of a region with settings drawn at random; in some regions it is off. */
final class DrawnDesk {

    private final Optional<SlowDesk.Settings> settings;
    private final ReleaseQueue queue;
    private final ReleaseDesk desk;

    /** What waited of the last submission, by id. */
    private final Map<String, DeskObject> waiting = new LinkedHashMap<>();

    /** What waited of each submission, by {@link #key} and id. */
    private final Map<String, Map<String, DeskObject>> submissions = new LinkedHashMap<>();

    /** @param intake is followed by the desk from now on */
    DrawnDesk(Random random, InternalStore store, LocalCentre centre, Intake intake, InstantSource clock) {
        settings = random.nextInt(3) > 0 ? Optional.of(draw(random)) : Optional.empty();
        DeskPapers papers = new DeskPapers(new MemoryStateStore(), centre);
        queue = new ReleaseQueue(
                settings.map(some -> new DeskRule(true, some.markings(), some.kinds(), some.relayed()))
                        .orElse(DeskRule.OFF),
                papers,
                clock);
        queue.onItem(item -> item.objects().forEach(object -> waiting.put(object.id(), object)));
        desk = new ReleaseDesk(store, papers, queue, intake, Duration.ofDays(365), clock);
        intake.heldBy(queue);
    }

    private static SlowDesk.Settings draw(Random random) {
        Set<Tlp> markings = new LinkedHashSet<>();
        for (Tlp tlp : List.of(Tlp.CLEAR, Tlp.GREEN, Tlp.AMBER)) {
            if (random.nextInt(4) == 0) {
                markings.add(tlp);
            }
        }
        Set<String> kinds = new HashSet<>();
        for (String kind : List.of("domain", "ipv4", "url")) {
            if (random.nextInt(4) == 0) {
                kinds.add(kind);
            }
        }
        return new SlowDesk.Settings(markings, kinds, random.nextBoolean());
    }

    /** For the model. */
    Optional<SlowDesk.Settings> settings() {
        return settings;
    }

    /** Before a submission. */
    void begin() {
        waiting.clear();
    }

    /** After a submission by a name at a step. */
    void end(String by, int step) {
        submissions.put(key(by, step), Map.copyOf(waiting));
    }

    /** What waits of an object since {@link #begin}. */
    Optional<DeskObject> waiting(String id) {
        return Optional.ofNullable(waiting.get(id));
    }

    private static String key(String by, int step) {
        return by + ' ' + step;
    }

    /** What of a submission waited, as far as it is of a world. */
    private Map<String, DeskObject> waited(DrawnWorld world, String by, int step) {
        Map<String, DeskObject> all = submissions.getOrDefault(key(by, step), Map.of());
        Map<String, DeskObject> some = new LinkedHashMap<>();
        for (DrawnWorld.Item item : world.items()) {
            if (item.by().equals(by) && item.step() == step && all.containsKey(item.id())) {
                some.put(item.id(), all.get(item.id()));
            }
        }
        return some;
    }

    /** Right after a submission: what differs in what waits now. */
    Optional<String> disagreement(DrawnWorld world, String by, int step, SlowModel model) {
        Map<String, DeskObject> waited = waited(world, by, step);
        return world.items().stream()
                .filter(item -> item.by().equals(by) && item.step() == step)
                .filter(item -> model.waits(item.id()) != waited.containsKey(item.id()))
                .map(item -> "at the release desk with " + settings + " version " + item.version() + " of " + item.id()
                        + ": model " + (model.waits(item.id()) ? "waits" : "waits not"))
                .findFirst();
    }

    /**
     * Decides on what waited of a submission, as an item of its own for each world.
     *
     * @param author who submitted it
     * @return what differs
     */
    Optional<String> decide(
            DrawnWorld world, DrawnWorld.Decision decision, Source author, SlowReader reader, SlowModel model)
            throws StoreUnavailable {
        Map<String, DeskObject> waited = waited(world, decision.by(), decision.submitted());
        if (waited.isEmpty()) {
            return Optional.empty();
        }
        if (!decision.releases()) {
            return refuse(asItem(author, waited), decision);
        }
        Map<String, Integer> versions = new LinkedHashMap<>();
        world.items().stream()
                .filter(one -> one.by().equals(decision.by()) && one.step() == decision.submitted())
                .filter(one -> waited.containsKey(one.id()))
                .forEach(one -> versions.put(one.id(), one.version()));
        return release(waited, versions, decision.releaser(), author, reader, model);
    }

    private DeskItem asItem(Source author, Map<String, DeskObject> waited) throws StoreUnavailable {
        return queue.again(
                author,
                waited.values().stream()
                        .map(object -> new ReleaseQueue.Waiting(
                                object, new ReleaseTerms(Tlp.AMBER_STRICT, true, false, false), false))
                        .toList(),
                "");
    }

    /**
     * Somebody releases what waits.
     *
     * @param waited by id
     * @param versions their numbers
     * @param by name of an account
     * @param author who submitted it
     * @return what differs
     */
    Optional<String> release(
            Map<String, DeskObject> waited,
            Map<String, Integer> versions,
            String by,
            Source author,
            SlowReader reader,
            SlowModel model)
            throws StoreUnavailable {
        DeskItem item = asItem(author, waited);
        Decided expected = model.release(versions, reader, by);
        String really = "released";
        try {
            desk.approve(item.id(), by, "");
        } catch (DeskRefused refused) {
            really = refused.kind() + ": " + refused.getMessage();
        }
        return really.startsWith(word(expected))
                ? Optional.empty()
                : Optional.of(by + " releases " + versions + " at the release desk with " + settings + ": model "
                        + expected + ", desk " + really);
    }

    private Optional<String> refuse(DeskItem item, DrawnWorld.Decision decision) throws StoreUnavailable {
        try {
            desk.refuse(item.id(), decision.releaser(), "no");
            return Optional.empty();
        } catch (DeskRefused refused) {
            return decision.releaser().equals(decision.by())
                    ? Optional.empty()
                    : Optional.of(decision + ": " + refused.getMessage());
        }
    }

    private static String word(Decided expected) {
        return switch (expected) {
            case RELEASED -> "released";
            case OWN -> "NOT_ALLOWED";
            case REPLACED -> "CONFLICT: nothing of it waits any more";
            case BEHIND -> "CONFLICT: it refers to";
        };
    }
}
