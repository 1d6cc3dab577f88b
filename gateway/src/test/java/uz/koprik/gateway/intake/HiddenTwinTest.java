package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.intake.OwnershipModel.Answer;
import uz.koprik.gateway.intake.OwnershipModel.Kind;
import uz.koprik.gateway.intake.OwnershipModel.Party;
import uz.koprik.gateway.intake.OwnershipModel.Sort;
import uz.koprik.gateway.intake.OwnershipModel.Submission;
import uz.koprik.gateway.intake.OwnershipModel.Submitted;
import uz.koprik.gateway.intake.RandomHistory.Event;

/**
 * What a partner or an account is answered, and what it reads, is the same in a centre that never got the objects of
 * which this caller may not know. {@code -Dkoprik.seed=} begins with other histories.
 *
 * <p>Three things end a comparison, all are in the threat model. An object of somebody else refers to a hidden one and
 * so is narrowed itself. A relay passes on what somebody else signed, who also made a hidden object. Another account
 * continues what this account submitted and may not see.
 */
class HiddenTwinTest {

    private static final long SEED = Long.getLong("koprik.seed", 20261128L);
    private static final int TOGETHER = 60;

    @TempDir
    Path folder;

    private int compared;

    @Test
    void hiddenObjectsChangeNoAnswer() throws Exception {
        run(Integer.getInteger("koprik.histories", 60));
        assertTrue(compared > 100, () -> "histories with something hidden: " + compared);
    }

    @Tag("long")
    @Test
    void hiddenObjectsChangeNoAnswerInManyHistories() throws Exception {
        run(Integer.getInteger("koprik.histories", 6_000));
    }

    /** The rules themselves have that property: the model beside the model. */
    @Test
    void theRulesKeepHiddenObjectsHidden() {
        for (int i = 0; i < Integer.getInteger("koprik.rules", 300); i++) {
            Random random = new Random(SEED + i);
            List<Party> parties = RandomHistory.parties(random);
            List<Event> events = history(random, parties, 3 + random.nextInt(9));
            for (Party caller : callers(parties)) {
                Twin twin = new Twin(parties, events, caller);
                assertEquals(
                        "",
                        twin.difference,
                        () -> caller + "\n"
                                + String.join(
                                        "\n",
                                        events.stream().map(Object::toString).toList()));
            }
        }
    }

    private static List<Event> history(Random random, List<Party> parties, int length) {
        return new RandomHistory(random, parties, length, random.nextInt(3 * length)).events;
    }

    private static List<Party> callers(List<Party> parties) {
        return parties.stream().filter(party -> party.kind() != Kind.MEMBER).toList();
    }

    private void run(int histories) throws Exception {
        try (HistoryCentre whole = new HistoryCentre(folder.resolve("whole"));
                HistoryCentre part = new HistoryCentre(folder.resolve("part"))) {
            for (int i = 0; i < histories; i += TOGETHER) {
                group(whole, part, SEED + i);
            }
        }
    }

    private void group(HistoryCentre whole, HistoryCentre part, long seed) throws Exception {
        Random random = new Random(seed);
        List<Party> parties = RandomHistory.parties(random);
        int length = 4 + random.nextInt(8);
        int end = random.nextInt(3 * length);
        List<List<Event>> events = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            events.add(new RandomHistory(random, parties, length, end).events);
        }
        int moment = random.nextInt(length);
        for (Party caller : callers(parties)) {
            List<Twin> twins = events.stream()
                    .map(history -> new Twin(parties, history, caller))
                    .filter(twin -> twin.tells(length))
                    .toList();
            compared += twins.size();
            List<List<Event>> all = twins.stream().map(twin -> twin.events).toList();
            List<List<Event>> some = twins.stream().map(twin -> twin.without).toList();
            if (!twins.isEmpty()) {
                List<String> with = told(whole, parties, caller, all, moment);
                List<String> without = told(part, parties, caller, some, moment);
                for (int i = 0; i < twins.size(); i++) {
                    int at = i;
                    assertEquals(
                            without.get(i),
                            with.get(i),
                            () -> "seed " + seed + ", " + caller + "\n  "
                                    + String.join(
                                            "\n  ",
                                            twins.get(at).events.stream()
                                                    .map(Object::toString)
                                                    .toList()));
                }
                assertEquals(without.getLast(), with.getLast(), () -> "seed " + seed + ", " + caller + ", totals");
            }
        }
    }

    /** All answers to a caller in each history, and last the answers about all histories together. */
    private static List<String> told(
            HistoryCentre centre, List<Party> parties, Party caller, List<List<Event>> histories, int moment)
            throws Exception {
        centre.begin(parties);
        List<HistoryCentre.Run> runs = new ArrayList<>();
        List<StringBuilder> told = new ArrayList<>();
        histories.forEach(history -> {
            runs.add(HistoryCentre.Run.fresh());
            told.add(new StringBuilder());
        });
        told.add(new StringBuilder());
        int length = histories.getFirst().size();
        for (int i = 0; i < length; i++) {
            int at = i;
            List<Event> step =
                    histories.stream().map(history -> history.get(at)).toList();
            List<Answer> answers = centre.repeat(runs, step);
            for (int run = 0; run < runs.size(); run++) {
                if (step.get(run) != null && isBy(caller, step.get(run))) {
                    told.get(run)
                            .append(i)
                            .append(": ")
                            .append(answers.get(run))
                            .append('\n');
                }
            }
            if (i == moment || i == length - 1) {
                List<Map<String, String>> read = centre.answers(caller, runs);
                for (int run = 0; run <= runs.size(); run++) {
                    StringBuilder text = told.get(run);
                    read.get(run).forEach((what, answer) -> text.append(what)
                            .append(": ")
                            .append(answer)
                            .append('\n'));
                }
            }
        }
        return told.stream().map(StringBuilder::toString).toList();
    }

    private static boolean isBy(Party caller, Event event) {
        return switch (event) {
            case Event.Submit(Submission submission) -> submission.by().equals(caller);
            case Event.Withdraw withdraw -> withdraw.by().equals(caller);
            case Event.EndAgreement() -> false;
        };
    }

    /** Whether somebody else than the submitter vouches for what is submitted. */
    private static boolean passesOn(Event event) {
        return event instanceof Event.Submit(Submission submission)
                && !Set.of("", submission.by().name()).containsAll(Set.of(submission.signer() + submission.voucher()));
    }

    /** A history, and the same without what a caller may never know of. */
    private static final class Twin {

        final List<Event> events;

        /** Null where an event is left out. */
        final List<Event> without = new ArrayList<>();

        private final List<Party> parties;
        private final Party caller;

        /** How many events can be compared. */
        int until;

        /** Where somebody else continues what the caller itself submitted and may not see. */
        private int mixed = Integer.MAX_VALUE;

        /** What the model says differs; empty for nothing. */
        String difference = "";

        Twin(List<Party> parties, List<Event> events, Party caller) {
            this.parties = parties;
            this.events = events;
            this.caller = caller;
            leaveOut();
            compare();
        }

        boolean tells(int length) {
            return until == length && without.contains(null);
        }

        private void leaveOut() {
            OwnershipModel model = new OwnershipModel(parties);
            Set<String> known = new HashSet<>();
            List<String> touched = new ArrayList<>();
            Set<String> own = new HashSet<>();
            for (Event event : events) {
                OwnershipTest.expected(model, event);
                touched.add(event instanceof Event.EndAgreement ? "" : model.touched());
                known.addAll(model.known(caller));
                if (isBy(caller, event)) {
                    own.add(touched.getLast());
                }
            }
            for (int i = 0; i < events.size(); i++) {
                Event event = events.get(i);
                boolean kept =
                        isBy(caller, event) || event instanceof Event.EndAgreement || known.contains(touched.get(i));
                without.add(kept ? event : null);
                if (!kept && mixed > i && own.contains(touched.get(i))) {
                    mixed = i;
                }
            }
        }

        private void compare() {
            OwnershipModel whole = new OwnershipModel(parties);
            OwnershipModel part = new OwnershipModel(parties);
            for (; until < Math.min(mixed, events.size()); until++) {
                Event event = events.get(until);
                Answer with = OwnershipTest.expected(whole, event);
                Answer alone = without.get(until) == null ? with : OwnershipTest.expected(part, event);
                boolean own = isBy(caller, event);
                if (own && !with.equals(alone)) {
                    difference = "event " + until + ": without: " + alone + ", with: " + with;
                    return;
                }
                Map<Submitted, List<Sort>> others = part.sortsByOthers(caller);
                Map<Submitted, List<Sort>> all = whole.sortsByOthers(caller);
                if ((own && (whole.unseen() || passesOn(event)))
                        || !with.equals(alone)
                        || others.entrySet().stream().anyMatch(one -> !all.getOrDefault(one.getKey(), List.of())
                                .containsAll(one.getValue()))) {
                    return;
                }
                Map<String, String> read = HistoryCentre.expected(whole, caller);
                Map<String, String> alike = HistoryCentre.expected(part, caller);
                if (!read.equals(alike)) {
                    difference = "after event " + until + OwnershipTest.differing(alike, read);
                    return;
                }
            }
        }
    }
}
