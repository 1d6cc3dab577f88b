package uz.koprik.gateway.sources;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.gateway.api.common.ReportCheck;
import uz.koprik.gateway.api.transfer.RepeatedTranslation;
import uz.koprik.gateway.auth.Source;
import uz.koprik.gateway.config.FeedSource;
import uz.koprik.gateway.http.DecodeBudget;
import uz.koprik.gateway.intake.IncomingObject;
import uz.koprik.gateway.intake.Outcome;
import uz.koprik.gateway.intake.Refusal;
import uz.koprik.gateway.sources.SourceEntries.Kind;
import uz.koprik.gateway.sources.SourceEntries.Known;
import uz.koprik.gateway.trouble.SourceTrouble;
import uz.koprik.indicators.policy.Recipient;
import uz.koprik.indicators.stix.NewIndicator;
import uz.koprik.indicators.stix.VersionOrder;
import uz.koprik.indicators.store.StoreUnavailable;

/**
 * Submits what differs between a feed and what is known of it, in batches, and counts what becomes of it. What was
 * refused is not known afterwards, so it is tried again. For one run and one thread.
 */
final class SourceIntake implements SourceReader.Sink {

    private static final int BATCH = 500;
    private static final long BATCH_BYTES = 2 << 20;

    private final SourceServices services;
    private final FeedSource source;
    private final SourceObjects objects;
    private final Map<UUID, Known> earlier;
    private final Instant now;
    private final BooleanSupplier stop;
    private final Source.Account submitter;
    private final RepeatedTranslation repeated;
    private final TranslatedIndicators translatedIndicators;

    private final Map<UUID, Known> entries = new HashMap<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final List<Pending> batch = new ArrayList<>();
    private final List<Pending> definitions = new ArrayList<>();
    private final List<Pending> others = new ArrayList<>();
    private long batchBytes;
    private long fresh;
    private long changed;
    private long unchanged;
    private long ended;
    private long renewed;

    /** What a submission is for. */
    private enum Purpose {
        FRESH,
        CHANGED,
        END,
        RENEWAL,
        LIFT
    }

    /** An object that is to be submitted. */
    private record Pending(UUID key, Known known, IncomingObject object, Purpose purpose) {}

    /** @param earlier the entries of the last read */
    SourceIntake(
            SourceServices services,
            FeedSource source,
            SourceObjects objects,
            Map<UUID, Known> earlier,
            Instant now,
            BooleanSupplier stop) {
        this.services = services;
        this.source = source;
        this.objects = objects;
        this.earlier = earlier;
        this.now = now;
        this.stop = stop;
        String name = SourceObjects.submitter(source);
        this.submitter = new Source.Account(name, false);
        this.repeated = new RepeatedTranslation(services.release(), Recipient.Operator.ofCentre(name));
        this.translatedIndicators = new TranslatedIndicators(objects, repeated);
    }

    /** The feed is unchanged, and so are these entries. */
    void keep(Map<UUID, Known> all) {
        entries.putAll(all);
    }

    /** Events that have these entries are unchanged, or could not be read. */
    void keep(Set<UUID> keys) {
        for (UUID key : keys) {
            Known known = earlier.get(key);
            if (known != null && seen.add(key)) {
                unchanged++;
                entries.put(key, known);
            }
        }
    }

    @Override
    public void row(String where, NewIndicator indicator) throws StoreUnavailable, SourceFailure, InterruptedException {
        if (indicator.revoked()) {
            return; // it is not among the entries in force, so its indicator ends
        }
        SourceObjects.Draft draft = objects.draft(indicator);
        if (isKnown(draft.key(), draft.content())) {
            return;
        }
        Optional<Refusal> harmful = ReportCheck.protection(
                services.protectedValues(), CanonicalJson.bytes(draft.json()), false, "a report by an account");
        if (harmful.isPresent()) {
            refused(harmful.get().code());
            return;
        }
        switch (objects.next(draft, now)) {
            case SourceObjects.Next.Version next ->
                submit(new Pending(
                        draft.key(),
                        new Known(draft.content(), next.until(), Kind.ROW),
                        new IncomingObject(next.object(), where),
                        purpose(draft.key())));
            case SourceObjects.Next.Same same -> {
                unchanged++;
                entries.put(draft.key(), new Known(draft.content(), same.until(), Kind.ROW));
            }
            case SourceObjects.Next.Kept kept -> refused.merge(kept.reason(), 1L, Long::sum);
        }
    }

    @Override
    public void object(String where, byte[] object, boolean translated) throws StoreUnavailable {
        ForeignObject foreign = ForeignObject.of(object, translated, source.expires());
        if (isKnown(foreign.key(), foreign.content())) {
            return;
        }
        switch (next(foreign, object, translated)) {
            case SourceObjects.Next.Version next -> {
                Optional<Refusal> harmful = ReportCheck.protection(
                        services.protectedValues(), next.object(), false, "a report by an account");
                if (harmful.isPresent()) {
                    refused(harmful.get().code());
                    return;
                }
                (foreign.definition() ? definitions : others)
                        .add(new Pending(
                                foreign.key(),
                                new Known(foreign.content(), next.until(), foreign.kind()),
                                new IncomingObject(next.object(), where),
                                purpose(foreign.key())));
            }
            case SourceObjects.Next.Same same -> {
                unchanged++;
                entries.put(foreign.key(), new Known(foreign.content(), same.until(), foreign.kind()));
            }
            case SourceObjects.Next.Kept kept -> refused.merge(kept.reason(), 1L, Long::sum);
        }
    }

    private SourceObjects.Next next(ForeignObject foreign, byte[] object, boolean translated) throws StoreUnavailable {
        if (!translated) {
            return new SourceObjects.Next.Version(object, 0);
        }
        if (foreign.kind() == Kind.TRANSLATED) {
            return translatedIndicators.next(object, earlier.containsKey(foreign.key()), now);
        }
        Optional<byte[]> bytes = repeated.of(object);
        return bytes.isEmpty() ? new SourceObjects.Next.Same(0) : new SourceObjects.Next.Version(bytes.get(), 0);
    }

    @Override
    public void note(SourceNotes.Note note) {
        // Kept when the feed was surveyed.
    }

    @Override
    public void refused(Refusal.Code code) {
        refused.merge(code.name().toLowerCase(Locale.ROOT), 1L, Long::sum);
    }

    /** The feed is at its end: submits what waited, definitions of markings and earlier versions first. */
    void finish() throws StoreUnavailable, SourceFailure, InterruptedException {
        for (Pending one : definitions) {
            submit(one);
        }
        flush();
        for (Pending one :
                VersionOrder.ofTexts(others, pending -> pending.object().object())) {
            submit(one);
        }
        flush();
    }

    /** Ends the indicators of entries that left the feed. */
    void end(Set<UUID> gone, SourceRun.OtherFeeds otherFeeds)
            throws StoreUnavailable, SourceFailure, InterruptedException {
        Optional<Map<UUID, Long>> elsewhere = Optional.empty();
        for (UUID key : gone) {
            Known known = earlier.get(key);
            if (known.kind() == Kind.OBJECT) {
                continue;
            }
            if (known.kind() == Kind.TRANSLATED) {
                if (elsewhere.isEmpty()) {
                    elsewhere = Optional.of(otherFeeds.ends());
                }
                Long otherEnd = elsewhere.get().get(key);
                if (otherEnd != null) {
                    if (known.until() != 0 && otherEnd == 0) {
                        lift(key, known);
                    }
                    continue;
                }
            }
            Optional<byte[]> version = objects.ended(key, now);
            if (version.isPresent()) {
                submit(new Pending(key, known, new IncomingObject(version.get(), "end of an entry"), Purpose.END));
            }
        }
        flush();
    }

    /** Removes the end that this feed set, since other feeds have the indicator without one. */
    private void lift(UUID key, Known known) throws StoreUnavailable, SourceFailure, InterruptedException {
        Optional<byte[]> version = translatedIndicators.lifted(SourceObjects.id(key), now);
        if (version.isPresent()) {
            submit(new Pending(key, known, new IncomingObject(version.get(), "entry of another feed"), Purpose.LIFT));
        }
    }

    /** Moves the ends of indicators whose entries are in the feed. */
    void renew() throws StoreUnavailable, SourceFailure, InterruptedException {
        if (source.expires().isZero()) {
            return;
        }
        for (Map.Entry<UUID, Known> one : List.copyOf(entries.entrySet())) {
            Known known = one.getValue();
            if (known.until() != 0 && objects.isDue(known.until(), now)) {
                Optional<SourceObjects.Next.Version> next = objects.renewed(one.getKey(), now);
                if (next.isPresent()) {
                    submit(new Pending(
                            one.getKey(),
                            known.withUntil(next.get().until()),
                            new IncomingObject(next.get().object(), "renewal of an entry"),
                            Purpose.RENEWAL));
                }
            }
        }
        flush();
    }

    SourceFigures figures() {
        return new SourceFigures(fresh, changed, unchanged, ended, renewed, refused);
    }

    /** The entries that are known now. */
    Map<UUID, Known> entries() {
        return entries;
    }

    /** Whether an entry needs no look: it is known with this content, or stood further up in the feed. */
    private boolean isKnown(UUID key, long content) {
        if (!seen.add(key)) {
            return true;
        }
        Known known = earlier.get(key);
        if (known == null || known.content() != content) {
            return false;
        }
        unchanged++;
        entries.put(key, known);
        return true;
    }

    private Purpose purpose(UUID key) {
        return earlier.containsKey(key) ? Purpose.CHANGED : Purpose.FRESH;
    }

    private void submit(Pending one) throws StoreUnavailable, SourceFailure, InterruptedException {
        batch.add(one);
        batchBytes += one.object().object().length;
        if (batch.size() == BATCH || batchBytes >= BATCH_BYTES) {
            flush();
        }
    }

    private void flush() throws StoreUnavailable, SourceFailure, InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        if (stop.getAsBoolean()) {
            throw new SourceFailure(SourceTrouble.FEED_STOPPED.of());
        }
        List<Outcome> outcomes;
        try (DecodeBudget.Reservation _ = DecodeBudget.PROCESS.reserve(batchBytes)) {
            outcomes =
                    services.intake().take(batch.stream().map(Pending::object).toList(), submitter, source.forgiven());
        }
        for (int i = 0; i < outcomes.size(); i++) {
            count(batch.get(i), outcomes.get(i));
        }
        batch.clear();
        batchBytes = 0;
    }

    private void count(Pending one, Outcome outcome) {
        boolean accepted = outcome.status() == Outcome.Status.ACCEPTED;
        Optional<Refusal> refusal = outcome.refusal();
        boolean late =
                refusal.filter(why -> why.code() == Refusal.Code.OLD_VERSION).isPresent();
        if (refusal.isPresent() && !late) {
            refused(refusal.get().code());
            if (one.purpose() != Purpose.FRESH && one.purpose() != Purpose.CHANGED) {
                entries.put(one.key(), earlier.getOrDefault(one.key(), one.known())); // tried again at the next read
            }
            return;
        }
        switch (one.purpose()) {
            case FRESH -> {
                fresh += accepted ? 1 : 0;
                unchanged += accepted ? 0 : 1;
            }
            case CHANGED -> {
                changed += accepted ? 1 : 0;
                unchanged += accepted ? 0 : 1;
            }
            case END -> ended++;
            case RENEWAL, LIFT -> renewed++;
        }
        if (one.purpose() != Purpose.END && one.purpose() != Purpose.LIFT) {
            entries.put(one.key(), one.known());
        }
    }
}
