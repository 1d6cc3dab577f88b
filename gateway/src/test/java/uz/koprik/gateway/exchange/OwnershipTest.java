package uz.koprik.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.koprik.gateway.exchange.OwnershipModel.Answer;
import uz.koprik.gateway.exchange.OwnershipModel.Party;
import uz.koprik.gateway.exchange.RandomHistory.Event;

/**
 * Random histories of a centre with three partners and five accounts: what every submission is answered, and what every party reads at
 * any moment, is what {@link OwnershipModel} says. {@code -Dkoprik.seed=} begins with other histories, a failure names its own.
 */
class OwnershipTest {

    private static final long SEED = Long.getLong("koprik.seed", 20261128L);
    private static final int MOST = 14;

    /** How many histories share a store before the next one. */
    private static final int A_STORE = 5_000;

    @TempDir
    Path folder;

    @Test
    void ownersAndReadersAreThoseOfTheModel() throws Exception {
        run(Integer.getInteger("koprik.histories", 300));
    }

    @Tag("long")
    @Test
    void ownersAndReadersAreThoseOfTheModelInManyHistories() throws Exception {
        run(100_000);
    }

    private void run(int histories) throws Exception {
        AtomicReference<String> failure = new AtomicReference<>("");
        for (int first = 0; first < histories; first += A_STORE) {
            try (HistoryCentre centre = new HistoryCentre(folder.resolve("centre-" + first))) {
                for (int i = first; i < Math.min(histories, first + A_STORE); i++) {
                    long seed = SEED + i;
                    String difference = difference(centre, new RandomHistory(new Random(seed), MOST).parties, events(seed), seed);
                    if (!difference.isEmpty()) {
                        failure.set(shortest(centre, seed, difference));
                        break;
                    }
                }
            }
            assertEquals("", failure.get());
        }
    }

    private static List<Event> events(long seed) {
        return new RandomHistory(new Random(seed), MOST).events;
    }

    /** The first difference between the centre and the model; empty when there is none. */
    private static String difference(HistoryCentre centre, List<Party> parties, List<Event> events, long seed) throws Exception {
        centre.begin(parties);
        OwnershipModel model = new OwnershipModel(parties);
        Random moments = new Random(seed);
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            Answer expected = expected(model, event);
            Answer actual = centre.repeat(event);
            boolean same = expected.equals(actual)
                    || expected.code().equals("proof") && actual.status().equals("REFUSED") && !actual.code().equals("INVALID_STIX");
            if (!same) {
                return "event " + i + ": the model says " + expected + ", the centre " + actual;
            }
            if (i == events.size() - 1 || moments.nextInt(6) == 0) {
                for (Party party : parties) {
                    Map<String, String> read = HistoryCentre.expected(model, party);
                    Map<String, String> given = centre.answers(party);
                    if (!read.equals(given)) {
                        return "after event " + i + " " + party.name() + " reads: " + differing(read, given);
                    }
                }
            }
        }
        return "";
    }

    private static String differing(Map<String, String> read, Map<String, String> given) {
        StringBuilder text = new StringBuilder();
        List<String> keys = new ArrayList<>(read.keySet());
        given.keySet().stream().filter(key -> !read.containsKey(key)).forEach(keys::add);
        for (String key : keys) {
            if (!String.valueOf(read.get(key)).equals(String.valueOf(given.get(key)))) {
                text.append("\n  ").append(key).append(": the model says ").append(read.get(key)).append(", the centre ").append(given.get(key));
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
    private static String shortest(HistoryCentre centre, long seed, String found) throws Exception {
        List<Party> parties = new RandomHistory(new Random(seed), MOST).parties;
        List<Event> events = new ArrayList<>(events(seed));
        String difference = found;
        for (int i = events.size() - 1; i >= 0; i--) {
            List<Event> fewer = new ArrayList<>(events);
            fewer.remove(i);
            String still = fewer.isEmpty() ? "" : difference(centre, parties, fewer, seed);
            if (!still.isEmpty()) {
                events = fewer;
                difference = still;
            }
        }
        StringBuilder text = new StringBuilder("seed " + seed + ": " + difference + "\n");
        parties.forEach(party -> text.append("  ").append(party).append('\n'));
        for (int i = 0; i < events.size(); i++) {
            text.append("  ").append(i).append(": ").append(events.get(i)).append('\n');
        }
        return text.toString();
    }
}
