package uz.koprik.gateway.feeds;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonNumber;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.indicators.store.StoreUnavailable;
import uz.koprik.indicators.store.lease.LeaseLost;
import uz.koprik.indicators.wording.Sentence;

/**
 * What this centre remembers of the exchange with one partner: how far it got, and how it went. Durable; survives
 * {@code kill -9} between any two steps, since what it says was done before it is written. Safe for use by many threads
 * at once.
 */
public final class PartnerState {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerState.class);

    private final StateKeeper keeper;
    private Memory memory;

    /**
     * One direction.
     *
     * @param contact when the partner last answered
     * @param success when a round last went through whole
     * @param trouble what last went wrong; empty when it was put right since
     * @param errorSince the first failure since the last success
     * @param errorAt the last failure
     * @param done objects that went through for the first time
     * @param unchanged objects that were there already
     * @param refused objects that were not taken, by this centre (pull) or by the partner (push)
     * @param reasons refused ones by code
     */
    public record Direction(
            Optional<Instant> contact,
            Optional<Instant> success,
            Sentence trouble,
            Optional<Instant> errorSince,
            Optional<Instant> errorAt,
            long done,
            long unchanged,
            long refused,
            Map<String, Long> reasons) {

        static final Direction NEW = new Direction(
                Optional.empty(),
                Optional.empty(),
                Sentence.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                Map.of());

        public Direction {
            reasons = Map.copyOf(reasons);
        }

        /** What last went wrong, in words; empty when it was put right since. */
        public String error() {
            return trouble.text();
        }

        Direction contacted(Instant now) {
            return new Direction(
                    Optional.of(now), success, trouble, errorSince, errorAt, done, unchanged, refused, reasons);
        }

        Direction succeeded(Instant now) {
            return new Direction(
                    Optional.of(now),
                    Optional.of(now),
                    Sentence.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    done,
                    unchanged,
                    refused,
                    reasons);
        }

        Direction failed(Sentence why, Instant now) {
            return failed(why, trouble.isEmpty() ? now : errorSince.orElse(now), now);
        }

        /** One that failed since {@code since}. */
        Direction failed(Sentence why, Instant since, Instant now) {
            return new Direction(
                    contact, success, why, Optional.of(since), Optional.of(now), done, unchanged, refused, reasons);
        }

        /** Without its error: nothing is tried any more. */
        Direction stopped() {
            return new Direction(
                    contact,
                    success,
                    Sentence.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    done,
                    unchanged,
                    refused,
                    reasons);
        }

        Direction counted(long moreDone, long moreUnchanged, Map<String, Long> moreRefused) {
            Map<String, Long> all = new TreeMap<>(reasons);
            long sum = 0;
            for (Map.Entry<String, Long> reason : moreRefused.entrySet()) {
                all.merge(reason.getKey(), reason.getValue(), Long::sum);
                sum += reason.getValue();
            }
            return new Direction(
                    contact,
                    success,
                    trouble,
                    errorSince,
                    errorAt,
                    done + moreDone,
                    unchanged + moreUnchanged,
                    refused + sum,
                    all);
        }
    }

    /**
     * Everything.
     *
     * @param pulled by collection, the {@code added_after} to go on with
     * @param pulledUnder what the partner said of the rules by which that was released to us, see {@link ReleaseMark};
     *     empty when it did not say
     * @param pushedSeq every entry up to here was pushed, or need not be
     * @param pushedSight what the rules opened to the partner while that was pushed, see {@link FeedPusher}
     * @param waitingPulls by collection, what was refused here for reasons that can pass
     * @param waitingPushes what the partner refused for reasons that can pass
     */
    public record Memory(
            Map<String, String> pulled,
            String pulledUnder,
            long pushedSeq,
            String pushedSight,
            Direction in,
            Direction out,
            Map<String, WaitingPulls> waitingPulls,
            WaitingPushes waitingPushes) {

        static final Memory NEW =
                new Memory(Map.of(), "", 0, "", Direction.NEW, Direction.NEW, Map.of(), WaitingPushes.NONE);

        public Memory {
            pulled = Map.copyOf(pulled);
            waitingPulls = Map.copyOf(waitingPulls);
        }

        Memory withPulled(String collection, String addedAfter) {
            Map<String, String> all = new TreeMap<>(pulled);
            all.put(collection, addedAfter);
            return new Memory(all, pulledUnder, pushedSeq, pushedSight, in, out, waitingPulls, waitingPushes);
        }

        /** Everything is read again, also what waits. */
        Memory withoutPulled() {
            return new Memory(Map.of(), pulledUnder, pushedSeq, pushedSight, in, out, Map.of(), waitingPushes);
        }

        Memory withPulledUnder(String mark) {
            return new Memory(pulled, mark, pushedSeq, pushedSight, in, out, waitingPulls, waitingPushes);
        }

        Memory withPushed(long seq, String sight) {
            return new Memory(pulled, pulledUnder, seq, sight, in, out, waitingPulls, waitingPushes);
        }

        Memory in(UnaryOperator<Direction> change) {
            return new Memory(
                    pulled, pulledUnder, pushedSeq, pushedSight, change.apply(in), out, waitingPulls, waitingPushes);
        }

        Memory out(UnaryOperator<Direction> change) {
            return new Memory(
                    pulled, pulledUnder, pushedSeq, pushedSight, in, change.apply(out), waitingPulls, waitingPushes);
        }

        /** With other waiting objects of a collection; none when {@code waiting} is empty. */
        Memory withWaiting(String collection, Optional<WaitingPulls> waiting) {
            Map<String, WaitingPulls> all = new TreeMap<>(waitingPulls);
            all.remove(collection);
            waiting.ifPresent(some -> all.put(collection, some));
            return new Memory(pulled, pulledUnder, pushedSeq, pushedSight, in, out, all, waitingPushes);
        }

        Memory withWaiting(WaitingPushes waiting) {
            return new Memory(pulled, pulledUnder, pushedSeq, pushedSight, in, out, waitingPulls, waiting);
        }

        /** Objects of the partner that wait here, by code. */
        public Map<String, Long> waitingIn() {
            Map<String, Long> all = new TreeMap<>();
            waitingPulls.values().forEach(waiting -> waiting.reasons()
                    .forEach((code, count) -> all.merge(code, count, Long::sum)));
            return all;
        }

        /** Entries that the partner refused so far, by its code. */
        public Map<String, Long> waitingOut() {
            return waitingPushes.reasons();
        }

        /** Whether an entry was refused by the partner so far, and is pushed again. */
        public boolean waits(long seq) {
            return waitingPushes.contains(seq);
        }
    }

    private PartnerState(StateKeeper keeper, Memory memory) {
        this.keeper = keeper;
        this.memory = memory;
    }

    /** Reads what is kept there, or begins anew when nothing is. */
    static PartnerState open(StateKeeper keeper) {
        return new PartnerState(keeper, read(keeper));
    }

    private static Memory read(StateKeeper keeper) {
        try {
            Optional<byte[]> kept = keeper.read();
            return kept.isEmpty() ? Memory.NEW : StateJson.read(StrictJson.parseObject(kept.get()));
        } catch (MalformedJson | IllegalArgumentException damaged) {
            // Beginning anew loses nothing but time: what comes twice is recognised.
            LOG.error(
                    "the state in the {} is damaged ({}); the exchange with this partner begins anew",
                    keeper.place(),
                    damaged.getMessage());
            return Memory.NEW;
        }
    }

    /** What is remembered; of an exchange that another gateway runs, as that one last wrote it. */
    synchronized Memory now() {
        if (!keeper.ours()) {
            reload();
        }
        return memory;
    }

    /** Goes on from the stored state, also of another gateway. */
    synchronized void reload() {
        memory = read(keeper);
    }

    /**
     * Changes what is remembered; durable when this returns.
     *
     * @throws LeaseLost when another gateway runs this exchange now
     * @throws StoreUnavailable when it is remembered only until this gateway stops
     */
    synchronized void change(UnaryOperator<Memory> change) throws StoreUnavailable {
        memory = change.apply(memory);
        keeper.write(CanonicalJson.bytes(StateJson.write(memory)));
    }

    /**
     * @throws LeaseLost when another gateway may run this exchange by now, so that nothing further must be done here
     */
    void requireOurs() throws LeaseLost {
        keeper.requireOurs();
    }

    /** Whether this gateway runs this exchange. */
    boolean ours() {
        return keeper.ours();
    }

    /** The gateway that runs this exchange, where there may be several. */
    Optional<String> runner() {
        return keeper.runner();
    }

    static JsonObject writeDirection(Direction direction) {
        return StateJson.write(direction);
    }

    static Direction readDirection(JsonObject json) {
        return StateJson.direction(json);
    }

    /** The member {@code reasons}: numbers of objects by code. */
    static Map<String, Long> counts(JsonObject json) {
        Map<String, Long> reasons = new TreeMap<>();
        json.object("reasons")
                .ifPresent(counts -> counts.names().forEach(code -> reasons.put(code, StateJson.number(counts, code))));
        return reasons;
    }

    /** The format in which it is kept. */
    private static final class StateJson {

        static JsonObject write(Memory memory) {
            JsonObject.Builder pulled = JsonObject.builder();
            memory.pulled().forEach(pulled::put);
            JsonObject.Builder waiting = JsonObject.builder();
            memory.waitingPulls().forEach((collection, some) -> waiting.put(collection, some.json()));
            return JsonObject.builder()
                    .put("pulled", pulled.build())
                    .put("pushed_seq", memory.pushedSeq())
                    .put("pushed_sight", memory.pushedSight())
                    .put("pulled_under", memory.pulledUnder())
                    .put("in", write(memory.in()))
                    .put("out", write(memory.out()))
                    .put("waiting_pulls", waiting.build())
                    .put("waiting_pushes", memory.waitingPushes().json())
                    .build();
        }

        private static JsonObject write(Direction direction) {
            JsonObject.Builder reasons = JsonObject.builder();
            direction.reasons().forEach((code, count) -> reasons.put(code, count));
            JsonObject.Builder json = JsonObject.builder()
                    .put("done", direction.done())
                    .put("unchanged", direction.unchanged())
                    .put("refused", direction.refused())
                    .put("reasons", reasons.build());
            direction.trouble().write(json, "error");
            direction.contact().ifPresent(at -> json.put("contact", at.toString()));
            direction.success().ifPresent(at -> json.put("success", at.toString()));
            direction.errorAt().ifPresent(at -> json.put("error_at", at.toString()));
            direction.errorSince().ifPresent(at -> json.put("error_since", at.toString()));
            return json.build();
        }

        static Memory read(JsonObject json) {
            Map<String, String> pulled = new TreeMap<>();
            JsonObject cursors =
                    json.object("pulled").orElseThrow(() -> new IllegalArgumentException("pulled is missing"));
            for (int i = 0; i < cursors.size(); i++) {
                if (cursors.value(i) instanceof JsonString s) {
                    pulled.put(cursors.name(i), s.value());
                }
            }
            return new Memory(
                    pulled,
                    json.string("pulled_under").orElse(""),
                    number(json, "pushed_seq"),
                    json.string("pushed_sight")
                            .or(() -> json.string("pushed_audience").map(FeedPusher.CLASSES::concat))
                            .orElse(""),
                    direction(json, "in"),
                    direction(json, "out"),
                    waitingPulls(json),
                    json.object("waiting_pushes").map(WaitingPushes::read).orElse(WaitingPushes.NONE));
        }

        private static Map<String, WaitingPulls> waitingPulls(JsonObject all) {
            Map<String, WaitingPulls> waiting = new TreeMap<>();
            all.object("waiting_pulls").ifPresent(json -> json.names().forEach(collection -> json.object(collection)
                    .ifPresent(some -> waiting.put(collection, WaitingPulls.read(some)))));
            return waiting;
        }

        private static Direction direction(JsonObject all, String name) {
            return direction(all.object(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing")));
        }

        static Direction direction(JsonObject json) {
            return new Direction(
                    json.string("contact").map(Instant::parse),
                    json.string("success").map(Instant::parse),
                    Sentence.read(json, "error"),
                    json.string("error_since").or(() -> json.string("error_at")).map(Instant::parse),
                    json.string("error_at").map(Instant::parse),
                    number(json, "done"),
                    number(json, "unchanged"),
                    number(json, "refused"),
                    counts(json));
        }

        static long number(JsonObject json, String name) {
            if (json.get(name) instanceof JsonNumber n && n.integer()) {
                return n.longValue();
            }
            throw new IllegalArgumentException(name + " is missing");
        }
    }
}
