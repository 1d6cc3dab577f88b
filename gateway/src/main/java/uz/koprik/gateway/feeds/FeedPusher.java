package uz.koprik.gateway.feeds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.partners.PartnerFailure;
import uz.koprik.gateway.partners.PartnerSettings;
import uz.koprik.gateway.release.PageFilter;
import uz.koprik.gateway.release.ReleasedSelection;
import uz.koprik.gateway.tracing.PushSpan;
import uz.koprik.gateway.trouble.ExchangeTrouble;
import uz.koprik.indicators.policy.PartnerSight;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.store.Entry;
import uz.koprik.indicators.store.Page;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Sends a partner what it may see, as it comes: woken by every acceptance, so that a new object is there within a
 * second. Begins with the first entry of the sequence, since a partner that has something already says so cheaply. When
 * the rules come to open more to the partner ({@link PartnerSight}), begins again, for what was not released before.
 *
 * <p>What the partner refused for a reason that can pass there, such as a key that it does not know yet, is pushed
 * again: after {@code feeds.backoff_max}, then after twice that time, up to a day (ADR 12).
 */
final class FeedPusher extends Feed {

    /** How long to sleep when nobody wakes: agreements end and begin without anybody ringing. */
    private static final Duration IDLE = Duration.ofSeconds(30);

    /** How often, and how long at most, a partner is asked what became of a push it is still working on. */
    private static final Duration ASK = Duration.ofMillis(100);

    private static final int ASKED_AT_MOST = 600;

    /** What an envelope takes besides its objects. */
    private static final int AROUND = 64;

    /** Before the audience that an earlier version remembered instead of a {@link PartnerSight}. */
    static final String CLASSES = "classes:";

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    /** The code of refusals by partners. */
    static final String BY_PARTNER = "PARTNER";

    /** Codes of a partner that does not say whether a reason can pass. */
    private static final Set<Refusal.Code> CURABLE = EnumSet.of(
            Refusal.Code.UNKNOWN_KEY, Refusal.Code.EXPIRED_KEY, Refusal.Code.UNSIGNED, Refusal.Code.NOT_AUTHORISED);

    private final AtomicBoolean settingsChanged = new AtomicBoolean(true);
    private long maxContentLength;

    /** What is refused again, while waiting entries are pushed again; otherwise null. */
    private WaitingPushes again;

    private Duration waitingPause = Duration.ZERO;
    private Instant againAt = Instant.EPOCH;

    FeedPusher(FeedContext context, String partner, PartnerState state, RefusalLog refusals) {
        super("push", context, partner, state, refusals);
    }

    @Override
    Duration round(TaxiiClient client) throws PartnerFailure, StoreUnavailable, InterruptedException {
        PartnerSettings settings = context.partners().partner(partner);
        Inbox inbox = pushAgain(client, settings);
        while (true) {
            // Each page anew: agreements and memberships begin and end meanwhile.
            Recipient.Partner recipient = recipient();
            PartnerSight sight = PartnerSight.of(recipient, context.clock().instant());
            ReleasedSelection released = context.release().select(recipient, PageFilter.LATEST);
            beginAgainIfWidened(sight, released.classes());
            long from = state.now().pushedSeq();
            long started = System.nanoTime();
            Page page =
                    context.release().page(released, from, context.settings().pageSize());
            List<Entry> news = page.entries().stream().filter(this::isNews).toList();
            context.tracing().decided(partner, started, from, page.nextAfter(), news);
            if (!news.isEmpty()) {
                if (inbox == null) {
                    inbox = inbox(client, settings);
                }
                push(inbox, news);
                contacted = true;
            }
            if (page.nextAfter() > from) {
                state.change(memory -> memory.withPushed(page.nextAfter(), memory.pushedSight()));
            }
            if (!page.more() || stopping()) {
                return pause();
            }
        }
    }

    private Recipient.Partner recipient() {
        return context.trust()
                .recipient(partner, context.partners().partner(partner).agreement());
    }

    /** Lets the next round push again what waits, and begin at once. */
    @Override
    void settingsChanged() {
        settingsChanged.set(true);
        wake();
    }

    private Duration pause() {
        if (state.now().waitingPushes().isEmpty()) {
            return IDLE;
        }
        Instant now = context.clock().instant();
        if (againAt.equals(Instant.EPOCH)) {
            lengthen(now);
        }
        Duration left = Duration.between(now, againAt).plusMillis(1);
        return left.isNegative() ? Duration.ofMillis(1) : left.compareTo(IDLE) < 0 ? left : IDLE;
    }

    private void lengthen(Instant now) {
        Duration next = waitingPause.isZero() ? context.settings().backoffMax() : waitingPause.multipliedBy(2);
        waitingPause = next.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : next;
        againAt = now.plus(waitingPause);
    }

    /**
     * Pushes what the partner refused for reasons that can pass, when it is time.
     *
     * @return the inbox, if it had to be found
     */
    private Inbox pushAgain(TaxiiClient client, PartnerSettings settings)
            throws PartnerFailure, StoreUnavailable, InterruptedException {
        WaitingPushes waiting = state.now().waitingPushes();
        Instant now = context.clock().instant();
        boolean changed = settingsChanged.getAndSet(false);
        if (waiting.isEmpty() || !(changed || (!againAt.equals(Instant.EPOCH) && !now.isBefore(againAt)))) {
            return null;
        }
        again = WaitingPushes.NONE;
        boolean done = false;
        try {
            Inbox inbox = inbox(client, settings);
            for (WaitingPushes.Range range : waiting.ranges()) {
                pushAgain(inbox, range);
            }
            if (stopping()) {
                return inbox; // the rest of the ranges still waits
            }
            WaitingPushes left = again;
            state.change(memory -> memory.withWaiting(left));
            if (left.count() < waiting.count()) {
                waitingPause = Duration.ZERO; // the partner's operators are at work
            }
            contacted = true;
            done = true;
            return inbox;
        } finally {
            again = null;
            if (state.now().waitingPushes().isEmpty()) {
                waitingPause = Duration.ZERO;
                againAt = Instant.EPOCH;
            } else {
                lengthen(now);
            }
            if (changed && !done) {
                settingsChanged.set(true);
            }
        }
    }

    private void pushAgain(Inbox inbox, WaitingPushes.Range range)
            throws PartnerFailure, StoreUnavailable, InterruptedException {
        long after = range.from() - 1;
        while (after < range.to() && !stopping()) {
            ReleasedSelection released = context.release().select(recipient(), PageFilter.LATEST);
            Page page =
                    context.release().page(released, after, context.settings().pageSize());
            push(
                    inbox,
                    page.entries().stream()
                            .filter(entry -> entry.seq() <= range.to())
                            .filter(this::isNews)
                            .toList());
            if (!page.more()) {
                return;
            }
            after = page.nextAfter();
        }
    }

    @Override
    void remember(UnaryOperator<PartnerState.Direction> change) throws StoreUnavailable {
        state.change(memory -> memory.out(change));
    }

    @Override
    String error() {
        return state.now().out().error();
    }

    private record Inbox(TaxiiClient client, String collection) {}

    /** @param classes what the partner may see by class codes, for what an earlier version remembered */
    private void beginAgainIfWidened(PartnerSight sight, long classes) throws StoreUnavailable {
        String before = state.now().pushedSight();
        String after = sight.text();
        if (!before.equals(after)) {
            boolean wider = before.startsWith(CLASSES)
                    ? (classes & ~Long.parseUnsignedLong(before.substring(CLASSES.length()), 16)) != 0
                    : sight.widerThan(PartnerSight.read(before));
            state.change(memory -> wider
                    ? memory.withPushed(0, after).withWaiting(WaitingPushes.NONE)
                    : memory.withPushed(memory.pushedSeq(), after));
        }
    }

    /** Not what came from the partner, nor what it published itself: it has that. */
    private boolean isNews(Entry entry) {
        if (entry.facts().receivedFrom().equals(partner)) {
            return false;
        }
        Set<String> own = context.trust().producers(partner);
        return entry.facts().producer().filter(own::contains).isEmpty();
    }

    private Inbox inbox(TaxiiClient client, PartnerSettings settings) throws PartnerFailure {
        maxContentLength = client.maxContentLength();
        if (settings.taxii().isPresent()) {
            String collection = settings.taxii()
                    .get()
                    .inbox()
                    .orElseThrow(() -> new PartnerFailure(
                            ExchangeTrouble.PARTNER_INBOX_NOT_NAMED.with(Map.of("partner", partner))));
            return new Inbox(client, collection);
        }
        return client.collections().stream()
                .filter(c -> c.canWrite() && c.alias().equals(FeedPuller.INBOX))
                .findFirst()
                .map(c -> new Inbox(client, c.id()))
                .orElseThrow(
                        () -> new PartnerFailure(ExchangeTrouble.PARTNER_NO_INBOX.with(Map.of("partner", partner))));
    }

    /** Posts entries in requests that the partner takes. */
    private void push(Inbox inbox, List<Entry> entries) throws PartnerFailure, StoreUnavailable, InterruptedException {
        int from = 0;
        while (from < entries.size()) {
            long bytes = AROUND;
            int to = from;
            while (to < entries.size()
                    && (to == from || bytes + entries.get(to).object().remaining() + 1 <= maxContentLength)) {
                bytes += entries.get(to).object().remaining() + 1;
                to++;
            }
            post(inbox, entries.subList(from, to));
            from = to;
        }
    }

    private void post(Inbox inbox, List<Entry> entries) throws PartnerFailure, StoreUnavailable, InterruptedException {
        state.requireOurs();
        try (PushSpan push = context.tracing().push(partner, entries)) {
            TaxiiClient.Status status =
                    push.request().within(span -> inbox.client().post(inbox.collection(), envelope(entries)));
            for (int asked = 0; !status.complete() && asked < ASKED_AT_MOST; asked++) {
                Thread.sleep(ASK);
                status = inbox.client().status(status.id());
            }
            if (!status.complete()) {
                throw new PartnerFailure(ExchangeTrouble.PARTNER_STILL_WORKING.with(Map.of(
                        "partner",
                        partner,
                        "seconds",
                        ASK.multipliedBy(ASKED_AT_MOST).toSeconds())));
            }
            push.acknowledged(
                    status.failures().stream().map(TaxiiClient.Failure::id).collect(Collectors.toUnmodifiableSet()));
            count(entries, status.failures());
        } catch (PartnerFailure failure) {
            // Too much, or something in it that the partner cannot even read: find out which by halves.
            boolean content = failure.status() == 413 || failure.status() == 422 || failure.status() == 400;
            if (!content) {
                throw failure;
            }
            if (entries.size() == 1) {
                String id = entries.getFirst().facts().id();
                count(entries, List.of(new TaxiiClient.Failure(id, "", failure.getMessage(), false)));
            } else {
                post(inbox, entries.subList(0, entries.size() / 2));
                post(inbox, entries.subList(entries.size() / 2, entries.size()));
            }
        }
    }

    private void count(List<Entry> pushed, List<TaxiiClient.Failure> failures) throws StoreUnavailable {
        Instant now = context.clock().instant();
        WaitingPushes collected = again == null ? state.now().waitingPushes() : again;
        WaitingPushes waiting = waiting(collected, pushed, failures);
        long accepted = Math.max(0, pushed.size() - failures.size());
        if (again != null) {
            // The first push counted and recorded these refusals.
            again = waiting;
            remember(direction -> direction.contacted(now).counted(accepted, 0, Map.of()));
            return;
        }
        refusals.add(failures.stream()
                .map(f -> new RefusalLog.Line(now, "out", f.id(), BY_PARTNER, "", f.message()))
                .toList());
        Map<String, Long> refused = failures.isEmpty() ? Map.of() : Map.of(BY_PARTNER, (long) failures.size());
        state.change(memory -> (waiting.equals(collected) ? memory : memory.withWaiting(waiting))
                .out(direction -> direction.contacted(now).counted(accepted, 0, refused)));
    }

    private static WaitingPushes waiting(WaitingPushes before, List<Entry> pushed, List<TaxiiClient.Failure> failures) {
        WaitingPushes waiting = before;
        if (failures.isEmpty()) {
            return waiting;
        }
        Map<String, Long> seqs = new HashMap<>();
        pushed.forEach(entry -> seqs.put(entry.facts().id(), entry.seq()));
        for (TaxiiClient.Failure failure : failures) {
            Long seq = seqs.get(failure.id());
            if (seq != null && mayPass(failure)) {
                waiting = waiting.with(
                        seq, code(failure.message()).map(Enum::name).orElse("PARTNER"));
            }
        }
        return waiting;
    }

    private static boolean mayPass(TaxiiClient.Failure failure) {
        return failure.mayPass() || mayPass(failure.message());
    }

    /** Whether a partner's words name a reason that usually passes. */
    static boolean mayPass(String message) {
        return code(message).filter(CURABLE::contains).isPresent();
    }

    /** The code that a Koprik centre writes at the end of its message. */
    static Optional<Refusal.Code> code(String message) {
        for (Refusal.Code code : Refusal.Code.values()) {
            if (message.endsWith("[" + code + "]")) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    private static byte[] envelope(List<Entry> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("{\"objects\":[".getBytes(StandardCharsets.US_ASCII));
        List<byte[]> objects = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            ByteBuffer bytes = entry.object();
            byte[] object = new byte[bytes.remaining()];
            bytes.get(object);
            objects.add(object);
        }
        for (int i = 0; i < objects.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.writeBytes(objects.get(i));
        }
        out.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }
}
