package uz.koprik.gateway.intake;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.intake.OwnershipModel.Answer;
import uz.koprik.gateway.intake.OwnershipModel.Party;
import uz.koprik.gateway.intake.RandomHistory.Event;

/**
 * Random histories of a centre with three partners and five accounts: what every submission is answered, and what every
 * party reads at any moment, is what {@link OwnershipModel} says. {@code -Dkoprik.seed=} begins with other histories, a
 * failure names its own.
 */
class OwnershipTest {

    private static final long SEED = Long.getLong("koprik.seed", 20261128L);
    private static final int MOST = 14;

    /** How many histories share a store before the next one. */
    private static final int A_STORE = 5_000;

    /** How many are repeated beside one another, in batches of one submitter. */
    private static final int TOGETHER = 100;

    @TempDir
    Path folder;

    @Test
    void ownersAndReadersAreThoseOfTheModel() throws Exception {
        run(Integer.getInteger("koprik.histories", 300));
    }

    @Tag("long")
    @Test
    void ownersAndReadersAreThoseOfTheModelInManyHistories() throws Exception {
        run(Integer.getInteger("koprik.histories", 100_000));
    }

    private void run(int histories) throws Exception {
        for (int first = 0; first < histories; first += A_STORE) {
            try (HistoryCentre centre = new HistoryCentre(folder.resolve("centre-" + first))) {
                for (int i = first; i < Math.min(histories, first + A_STORE); i += TOGETHER) {
                    group(centre, SEED + i);
                }
            }
        }
    }

    /**
     * Runs some histories of the same parties step by step beside one another, which is many times faster than one by
     * one.
     */
    private static void group(HistoryCentre centre, long seed) throws Exception {
        Random random = new Random(seed);
        List<Party> parties = RandomHistory.parties(random);
        int length = 4 + random.nextInt(MOST);
        int end = random.nextInt(3 * length);
        List<List<Event>> events = new ArrayList<>();
        for (int i = 0; i < TOGETHER; i++) {
            events.add(new RandomHistory(random, parties, length, end).events);
        }
        Difference found = difference(centre, parties, events, seed);
        if (found != null) {
            fail("seed " + seed + ": " + shortest(centre, parties, events.get(found.history), found.what, seed));
        }
    }

    private record Difference(int history, String what) {}

    /** The first difference between the centre and the model; null when there is none. */
    private static Difference difference(HistoryCentre centre, List<Party> parties, List<List<Event>> events, long seed)
            throws Exception {
        centre.begin(parties);
        List<HistoryCentre.Run> runs = new ArrayList<>();
        List<OwnershipModel> models = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            runs.add(HistoryCentre.Run.fresh());
            models.add(new OwnershipModel(parties));
        }
        Random moments = new Random(seed);
        int length = events.getFirst().size();
        for (int i = 0; i < length; i++) {
            int at = i;
            List<Event> step = events.stream().map(history -> history.get(at)).toList();
            List<Answer> answers = centre.repeat(runs, step);
            for (int history = 0; history < step.size(); history++) {
                Answer expected = expected(models.get(history), step.get(history));
                Answer actual = answers.get(history);
                boolean same = expected.equals(actual)
                        || (expected.code().equals("proof")
                                && actual.status().equals("REFUSED")
                                && !actual.code().equals("INVALID_STIX"));
                if (!same && !models.get(history).doubtful()) {
                    return new Difference(
                            history, "event " + i + ": the model says " + expected + ", the centre " + actual);
                }
            }
            if (i == length - 1 || moments.nextInt(6) == 0) {
                for (Party party : parties) {
                    Difference read = readings(centre, party, runs, models);
                    if (read != null) {
                        return new Difference(
                                read.history, "after event " + i + " " + party.name() + " reads: " + read.what);
                    }
                }
            }
        }
        return null;
    }

    private static Difference readings(
            HistoryCentre centre, Party party, List<HistoryCentre.Run> runs, List<OwnershipModel> models)
            throws Exception {
        List<Map<String, String>> given = centre.answers(party, runs);
        for (int i = 0; i < runs.size(); i++) {
            Map<String, String> read = HistoryCentre.expected(models.get(i), party);
            if (!read.equals(given.get(i)) && !models.get(i).doubtful()) {
                return new Difference(i, differing(read, given.get(i)));
            }
        }
        Map<String, String> facets = HistoryCentre.expectedFacets(models, party);
        if (facets.equals(given.getLast()) || models.stream().anyMatch(OwnershipModel::doubtful)) {
            return null;
        }
        for (int i = 0; runs.size() > 1 && i < runs.size(); i++) {
            Difference one = readings(centre, party, List.of(runs.get(i)), List.of(models.get(i)));
            if (one != null) {
                return new Difference(i, one.what);
            }
        }
        return new Difference(0, differing(facets, given.getLast()));
    }

    static String differing(Map<String, String> read, Map<String, String> given) {
        StringBuilder text = new StringBuilder();
        List<String> keys = new ArrayList<>(read.keySet());
        given.keySet().stream().filter(key -> !read.containsKey(key)).forEach(keys::add);
        for (String key : keys) {
            if (!String.valueOf(read.get(key)).equals(String.valueOf(given.get(key)))) {
                text.append("\n  ")
                        .append(key)
                        .append(": the model says ")
                        .append(read.get(key))
                        .append(", the centre ")
                        .append(given.get(key));
            }
        }
        return text.toString();
    }

    static Answer expected(OwnershipModel model, Event event) {
        return switch (event) {
            case Event.EndAgreement() -> {
                model.endAgreement();
                yield Answer.ACCEPTED;
            }
            case Event.Withdraw(Party by, String id, String which) ->
                new Answer("WITHDRAWN", String.valueOf(model.withdraw(by, id, which)));
            case Event.Submit(OwnershipModel.Submission submission) -> model.submit(submission);
        };
    }

    /** Leaves out what the difference does not need. */
    private static String shortest(
            HistoryCentre centre, List<Party> parties, List<Event> history, String found, long seed) throws Exception {
        List<Event> events = new ArrayList<>(history);
        String what = found;
        for (int i = events.size() - 1; i >= 0 && events.size() > 1; i--) {
            List<Event> fewer = new ArrayList<>(events);
            fewer.remove(i);
            Difference still = difference(centre, parties, List.of(fewer), seed);
            if (still != null) {
                events = fewer;
                what = still.what;
            }
        }
        StringBuilder text = new StringBuilder(what).append('\n');
        parties.forEach(party -> text.append("  ").append(party).append('\n'));
        for (int i = 0; i < events.size(); i++) {
            text.append("  ").append(i).append(": ").append(events.get(i)).append('\n');
        }
        return text.toString();
    }
}
