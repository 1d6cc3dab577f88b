package uz.koprik.gateway.release;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uz.koprik.gateway.auth.Caller;
import uz.koprik.gateway.auth.Right;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.desk.DeskObject;
import uz.koprik.gateway.intake.Intake;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.TestCentre;
import uz.koprik.gateway.recalls.TestRecalls;
import uz.koprik.gateway.redactions.RedactionDesk;
import uz.koprik.gateway.redactions.RedactionGoal;
import uz.koprik.gateway.redactions.RedactionKeeper;
import uz.koprik.gateway.redactions.RedactionPlan;
import uz.koprik.gateway.redactions.RedactionRefused;
import uz.koprik.gateway.release.DrawnWorld.Redacted;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.policy.Tlp;
import uz.koprik.indicators.policy.slow.SlowModel;
import uz.koprik.indicators.policy.slow.SlowReader;
import uz.koprik.indicators.policy.slow.SlowRedactions.Goal;
import uz.koprik.indicators.policy.slow.SlowVersion;
import uz.koprik.indicators.stix.values.RedactionExtension;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.StoreUnavailable;

/** The redactions of a region: made by the real desk, and ended by the real keeper, with those of the models beside. */
final class DrawnRedactions {

    private static final SlowReader.Member ANNA = new SlowReader.Member("anna", true, Optional.empty());
    private static final Caller CALLER = new Caller(
            ANNA.name(),
            Set.of(Right.ANALYSE, Right.WRITE),
            new Recipient.Analyst(ANNA.name(), CaseUnits.ALL),
            new Source.Account(ANNA.name(), true));

    /**
     * One that was made.
     *
     * @param versions times of its versions, in microseconds since the epoch; the first version first
     */
    private record Made(int world, String id, List<Long> versions) {}

    /** What waits of it at the release desk. */
    private record Waiting(DeskObject object, int number, SlowReader.Member author) {}

    private final TestCentre centre;
    private final Intake intake;
    private final Release release;
    private final DrawnDesk desk;
    private final TestRecalls recalls;
    private final RedactionDesk redactions;
    private final Tlp unmarked;
    private final SlowReader.Member self;
    private final Map<String, Made> made = new LinkedHashMap<>();
    private final Map<Redacted, String> orders = new HashMap<>();
    private final Map<String, Waiting> waiting = new HashMap<>();

    /** Notes with reasons, by world. */
    private final Map<Integer, Set<String>> others = new HashMap<>();

    DrawnRedactions(
            TestCentre centre, Intake intake, Release release, Tlp unmarked, DrawnDesk desk, TestRecalls recalls) {
        this.centre = centre;
        this.intake = intake;
        this.release = release;
        this.desk = desk;
        this.recalls = recalls;
        this.unmarked = unmarked;
        this.redactions = new RedactionDesk(intake, release, centre.trust, recalls.book(), unmarked, () -> centre.now);
        this.self = new SlowReader.Member(intake.localCentre().name(), true, Optional.empty());
    }

    /** The ids of redactions in a world, and of notes about them. */
    Set<String> ids(int world) {
        Set<String> ids = new LinkedHashSet<>(others.getOrDefault(world, Set.of()));
        made.values().stream().filter(one -> one.world() == world).forEach(one -> ids.add(one.id()));
        return ids;
    }

    /** How many versions an object has; 0 for what is no redaction. */
    int versions(String id) {
        return made.containsKey(id) ? made.get(id).versions().size() : 0;
    }

    /** The number of a version; empty for what stands for one that was taken back. */
    Optional<Integer> number(String id, long version) {
        int at = made.get(id).versions().indexOf(version);
        return at < 0 ? Optional.empty() : Optional.of(at + 1);
    }

    /**
     * Redacts.
     *
     * @param partner for whom, as the centre and the model know it
     * @return what differs
     */
    Optional<String> redact(
            int world,
            Redacted order,
            Optional<Recipient.Partner> partner,
            Optional<SlowReader.Centre> to,
            SlowModel model)
            throws StoreUnavailable {
        Goal expectedGoal = to.isPresent()
                ? new Goal.For(to.get())
                : order.upTo().<Goal>map(Goal.UpTo::new).orElse(new Goal.AsTheWhole());
        Optional<SlowVersion> expected = model.redaction(order.id(), expectedGoal, ANNA, centre.now);
        RedactionGoal goal = partner.isPresent()
                ? new RedactionGoal.ForPartner(partner.get())
                : order.upTo().<RedactionGoal>map(RedactionGoal.UpTo::new).orElse(new RedactionGoal.AsTheWhole());
        try {
            RedactionPlan plan = redactions.plan(order.id(), goal, CALLER);
            if (expected.isEmpty()) {
                return Optional.of(order + ": model refuses, desk makes " + plan.object());
            }
            if (expected.get().id().equals(order.id()) == (plan.state() == RedactionPlan.State.UNCHANGED)) {
                return Optional.of(order + ": model makes " + expected.get() + ", desk " + plan.state());
            }
            return plan.state() == RedactionPlan.State.UNCHANGED
                    ? remembered(order, plan.id())
                    : make(world, order, plan, expected.get(), model);
        } catch (RedactionRefused refused) {
            return expected.map(version -> order + ": model makes " + version + ", desk refuses at " + refused.pointer()
                    + ": " + refused.getMessage());
        }
    }

    private Optional<String> remembered(Redacted order, String id) {
        orders.put(order, id);
        return Optional.empty();
    }

    private Optional<String> make(int world, Redacted order, RedactionPlan plan, SlowVersion expected, SlowModel model)
            throws StoreUnavailable, RedactionRefused {
        desk.begin();
        List<Outcome> outcomes = redactions.redact(plan, "for the partners", true, CALLER);
        for (Outcome outcome : outcomes) {
            if (outcome.status() != Outcome.Status.ACCEPTED) {
                return Optional.of(order + ": " + outcome);
            }
        }
        String id = plan.id();
        orders.put(order, id);
        int number = added(world, id, latest(id).orElseThrow());
        model.arrive(List.of(expected.as(id, number)));
        String note = outcomes.get(1).id();
        others.computeIfAbsent(world, any -> new LinkedHashSet<>()).add(note);
        model.arrive(List.of(note(note, Set.of(order.id(), id))));
        return waits(id, number, ANNA, model);
    }

    private int added(int world, String id, Entry latest) {
        List<Long> versions = made.computeIfAbsent(id, any -> new Made(world, id, new ArrayList<>()))
                .versions();
        versions.add(latest.facts().version());
        return versions.size();
    }

    /** The reason, for members only. */
    private SlowVersion note(String id, Set<String> refs) {
        return new SlowVersion(
                id,
                1,
                centre.now,
                ANNA,
                true,
                List.of(Tlp.RED),
                false,
                List.of(),
                Optional.of(Set.of()),
                false,
                false,
                "",
                refs);
    }

    private Optional<String> waits(String id, int number, SlowReader.Member author, SlowModel model) {
        Optional<DeskObject> waits = desk.waiting(id);
        if (waits.isPresent()) {
            waiting.put(id, new Waiting(waits.get(), number, author));
        } else {
            waiting.remove(id);
        }
        return waits.isPresent() == model.waits(id)
                ? Optional.empty()
                : Optional.of("version " + number + " of the redaction " + id + " at the release desk: model "
                        + (model.waits(id) ? "waits" : "waits not"));
    }

    private Optional<Entry> latest(String id) throws StoreUnavailable {
        return centre.store.versions(id).stream().reduce((earlier, later) -> later);
    }

    /** Lets all redactions follow their originals. */
    void follow(List<SlowModel> models, Map<Integer, String> differences) throws StoreUnavailable {
        if (made.isEmpty()) {
            return;
        }
        desk.begin();
        new RedactionKeeper(
                        intake,
                        release,
                        recalls.book(),
                        recalls.desk(),
                        unmarked,
                        () -> centre.store.status().lastSeq(),
                        () -> centre.now)
                .look();
        for (SlowModel model : models) {
            model.followOriginals(self, centre.now);
        }
        for (Made one : List.copyOf(made.values())) {
            SlowModel model = models.get(one.world());
            int before = one.versions().size();
            Optional<Entry> latest =
                    latest(one.id()).filter(entry -> entry.facts().refs().contains(RedactionExtension.mark()));
            if (latest.isPresent()
                    && !one.versions().contains(latest.get().facts().version())) {
                added(one.world(), one.id(), latest.get());
            }
            Optional<Integer> number = latest.map(entry -> one.versions().size());
            Optional<Integer> expected = model.latest(one.id());
            Optional<String> difference = number.equals(expected)
                    ? Optional.empty()
                    : Optional.of("after its original at " + centre.now + ", the redaction " + one.id()
                            + " has the latest version " + number + ", and in the model " + expected);
            if (difference.isEmpty() && number.isPresent() && number.get() > before) {
                difference = waits(one.id(), number.get(), self, model);
            }
            difference.ifPresent(text -> differences.putIfAbsent(one.world(), text));
        }
    }

    /** Decides on what waits of the redaction that an order made. */
    Optional<String> decide(Redacted order, SlowModel model) throws StoreUnavailable {
        Waiting one = waiting.get(orders.getOrDefault(order, ""));
        return one == null
                ? Optional.empty()
                : desk.release(
                        Map.of(one.object().id(), one.object()),
                        Map.of(one.object().id(), one.number()),
                        order.releaser(),
                        new Source.Account(one.author().name(), true),
                        one.author(),
                        model);
    }
}
