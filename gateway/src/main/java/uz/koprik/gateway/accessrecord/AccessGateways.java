package uz.koprik.gateway.accessrecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.Json;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.state.StateStore;

/**
 * The access records of all gateways of a centre, asked at any of them. Each gateway keeps its own; a question to the
 * others goes through the state store, encrypted, and each answers within its next second. Nothing of a record stays
 * there. Safe for use by many threads.
 */
public final class AccessGateways {

    private static final Logger LOG = LoggerFactory.getLogger(AccessGateways.class);

    /** The questions that wait for answers. */
    private static final String BOARD = "access/questions.json";

    private static final String ANSWERS = "access/answers/";
    private static final String ENDING = ".json";

    /** How long a question waits for gateways that live. */
    private static final Duration WAIT = Duration.ofSeconds(15);

    private static final Duration LOOK = Duration.ofMillis(100);

    /** Longer than any question waits, with clocks that differ. */
    private static final Duration OVER = Duration.ofMinutes(5);

    /** An answer is a paper, and papers are small: of a page with long lists of values comes a part. */
    private static final int MOST_BYTES = 4 << 20;

    /** In the place of names of gateways that cannot be known now. */
    private static final String AWAY = "all others: the cluster is away";

    private final StateStore papers;
    private final AccessReader own;
    private final String name;
    private final Sealed sealing;
    private final LivingGateways living;
    private final InstantSource clock;
    private final TreeSet<String> answered = new TreeSet<>();

    /**
     * How texts are encrypted for all gateways of the centre and nobody else.
     *
     * @param seal encrypts
     * @param open decrypts; empty when the text is not theirs
     */
    public record Sealed(UnaryOperator<String> seal, Function<String, Optional<String>> open) {}

    /**
     * An entry and where it is.
     *
     * @param gateway name of the gateway
     */
    public record Entry(String gateway, AccessQuery.Found found) {}

    /**
     * An answer for all gateways, newest entries first.
     *
     * @param next where each gateway goes on; empty at the end
     * @param missing names of gateways that did not answer
     */
    public record Answer(List<Entry> entries, Optional<Map<String, String>> next, List<String> missing) {}

    /**
     * The records of a centre.
     *
     * @param papers what all gateways share
     * @param own the record of this gateway
     * @param name of this gateway among those of the centre; empty where there is one
     * @param keep how long a gateway that is gone counts as one of the centre
     */
    public AccessGateways(
            StateStore papers, AccessReader own, String name, Sealed sealing, Duration keep, InstantSource clock) {
        this.papers = papers;
        this.own = own;
        this.name = name;
        this.sealing = sealing;
        this.living = new LivingGateways(papers, name, keep, clock);
        this.clock = clock;
    }

    /**
     * Asks all gateways. Blocks until they have answered, or for some seconds.
     *
     * @param places where to go on, as {@link Answer#next} said; empty for the newest entries
     * @param limit most entries of the answer
     * @throws IllegalArgumentException when a place is none
     */
    public Answer find(AccessQuery query, Map<String, String> places, int limit) throws IOException {
        Map<String, AccessQuery.Page> pages = new LinkedHashMap<>();
        List<String> missing = List.of();
        if (!name.isEmpty()) {
            try {
                missing = askOthers(query, places, limit, pages);
            } catch (StoreUnavailable away) {
                LOG.warn("other gateways cannot be asked for their access records: {}", away.getMessage());
                missing = List.of(AWAY);
            }
        }
        pages.put(name, own.find(query, Optional.ofNullable(places.get(name)), limit));
        return AccessMerge.merge(pages, places, limit, missing);
    }

    /**
     * Asks the gateways that live.
     *
     * @param pages gets their answers
     * @return those that did not answer, with those that do not live
     */
    private List<String> askOthers(
            AccessQuery query, Map<String, String> places, int limit, Map<String, AccessQuery.Page> pages)
            throws StoreUnavailable {
        List<LivingGateways.Other> others = living.others();
        List<String> missing =
                others.stream().map(LivingGateways.Other::name).collect(Collectors.toCollection(ArrayList::new));
        Set<String> awaited = others.stream()
                .filter(LivingGateways.Other::living)
                .map(LivingGateways.Other::name)
                .collect(Collectors.toSet());
        String id = clock.millis() + "-" + UUID.randomUUID();
        if (!awaited.isEmpty()) {
            ask(id, query, places, limit);
        }
        long end = System.nanoTime() + WAIT.toNanos();
        while (missing.stream().anyMatch(awaited::contains) && System.nanoTime() < end) {
            pause();
            take(id, pages, missing);
        }
        if (!missing.isEmpty()) {
            LOG.warn("gateways did not answer a question to the access record: {}", missing);
        }
        return missing;
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the centre stops", stopping);
        }
    }

    private void ask(String id, AccessQuery query, Map<String, String> places, int limit) throws StoreUnavailable {
        JsonObject.Builder goOn = JsonObject.builder();
        new TreeMap<>(places).forEach(goOn::put);
        JsonObject question = JsonObject.builder()
                .put("id", id)
                .put("asks", name)
                .put("at", clock.instant().toString())
                .put("places", goOn.build())
                .put("sealed", sealing.seal().apply(new AccessQuestion(query, limit).text()))
                .build();
        while (true) {
            Optional<StateStore.Paper> there = papers.read(BOARD);
            List<Json> all = new ArrayList<>(waiting(there));
            all.add(question);
            byte[] board = CanonicalJson.bytes(
                    JsonObject.builder().put("questions", new JsonArray(all)).build());
            if (papers.replace(BOARD, there.map(StateStore.Paper::version).orElse(""), board)
                    .isPresent()) {
                return;
            }
        }
    }

    /** The questions on the board that may still wait. */
    private List<JsonObject> waiting(Optional<StateStore.Paper> board) {
        List<JsonObject> waiting = new ArrayList<>();
        if (board.isEmpty()) {
            return waiting;
        }
        try {
            for (Json item : StrictJson.parseObject(board.get().content()).items("questions")) {
                JsonObject question = (JsonObject) item;
                Instant at = Instant.parse(question.string("at").orElse(""));
                if (at.isAfter(clock.instant().minus(OVER))) {
                    waiting.add(question);
                }
            }
        } catch (MalformedJson | java.time.DateTimeException damaged) {
            LOG.warn("{} is damaged and begun anew", BOARD);
        }
        return waiting;
    }

    private void take(String id, Map<String, AccessQuery.Page> pages, List<String> missing) throws StoreUnavailable {
        Map<String, String> byPaper =
                missing.stream().collect(Collectors.toMap(gateway -> answer(id, gateway), gateway -> gateway));
        for (StateStore.Paper paper : papers.read(byPaper.keySet())) {
            String gateway = byPaper.get(paper.name());
            papers.remove(paper.name());
            Optional<String> text = sealing.open().apply(new String(paper.content(), StandardCharsets.UTF_8));
            if (text.isEmpty()) {
                LOG.warn("the gateway {} answers with another keys/cursor.key", gateway);
                continue;
            }
            try {
                pages.put(gateway, AccessQuestion.page(text.get()));
                missing.remove(gateway);
            } catch (MalformedJson | IllegalArgumentException damaged) {
                LOG.warn("the answer of the gateway {} cannot be read", gateway, damaged);
            }
        }
    }

    private static String answer(String id, String gateway) {
        return ANSWERS + id + "-" + LivingGateways.hex(gateway) + ENDING;
    }

    /** What is done every second: says that this gateway lives, and answers the questions of others. Blocks. */
    public void tend() throws StoreUnavailable, IOException {
        if (name.isEmpty()) {
            return;
        }
        if (living.beat()) {
            sweep();
        }
        List<JsonObject> waiting = waiting(papers.read(BOARD));
        answered.retainAll(waiting.stream()
                .map(question -> question.string("id").orElse(""))
                .collect(Collectors.toSet()));
        for (JsonObject question : waiting) {
            String id = question.string("id").orElse("");
            if (!question.string("asks").orElse("").equals(name) && answered.add(id)) {
                reply(id, question);
            }
        }
    }

    /** Removes answers for which nobody came, such as a gateway that was killed. */
    private void sweep() throws StoreUnavailable {
        for (String old : papers.names(ANSWERS)) {
            String millis = old.substring(ANSWERS.length()).replaceFirst("-.*", "");
            if (!millis.matches("\\d{1,18}") || Long.parseLong(millis) < clock.millis() - OVER.toMillis()) {
                papers.remove(old);
            }
        }
    }

    private void reply(String id, JsonObject question) throws StoreUnavailable, IOException {
        Optional<String> text = question.string("sealed").flatMap(sealing.open());
        if (text.isEmpty()) {
            LOG.warn("a question to the access record was sealed with another keys/cursor.key");
            return;
        }
        try {
            AccessQuestion asked = AccessQuestion.of(text.get());
            Optional<String> place = question.object("places").flatMap(places -> places.string(name));
            AccessQuery.Page page = own.find(asked.query(), place, asked.limit());
            String answer = AccessQuestion.answer(page);
            for (int limit = asked.limit() / 2; answer.length() > MOST_BYTES && limit > 0; limit /= 2) {
                answer = AccessQuestion.answer(own.find(asked.query(), place, limit));
            }
            papers.replace(answer(id, name), "", sealing.seal().apply(answer).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson | IllegalArgumentException wrong) {
            LOG.warn("a question to the access record cannot be read", wrong);
        }
    }
}
